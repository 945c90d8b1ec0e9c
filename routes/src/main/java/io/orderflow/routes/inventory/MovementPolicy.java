package io.orderflow.routes.inventory;

import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.inventory.Movement.Kind;
import java.util.List;

/** What may move stock: an id stands for one movement, nobody takes out what is not available, and nothing grows beyond what can be counted. */
class MovementPolicy {

    Move receive(Receipt receipt) {
        return Move.of(new Movement(receipt.sku(), Kind.RECEIPT, receipt.quantity(), receipt.reason(), receipt.id(), null));
    }

    Move adjust(Adjustment adjustment) {
        if (adjustment.delta() == 0)
            throw new Refusal(Problem.of(400, "Bad Request", "Some fields are not as they must be", List.of(new Fault("delta", "must not be 0"))));
        return Move.of(new Movement(adjustment.sku(), Kind.ADJUSTMENT, adjustment.delta(), adjustment.reason(), adjustment.id(), null));
    }

    /** The movement as it is stored, or the problem that tells why it is not. */
    Object judge(Move move) {
        var wanted = move.wanted();
        if (move.stored() != null)
            return wanted.storedAt(move.stored().at()).equals(move.stored()) ? move : Problem.conflict("This id stands for another movement of this SKU");
        if (move.stock() == null)
            return Problem.notFound("There is no stock item of this SKU");
        return move.stock().available() + wanted.delta() < 0 ? Problem.conflict("Only " + move.stock().available() + " are available")
            : Problem.conflict("There would be more of this SKU than can be counted");
    }
}
