package io.orderflow.routes.inventory;

import io.orderflow.routes.batch.Pass;
import java.util.List;

/**
 * A movement on its way to an answer.
 *
 * @param stored  the movement of this id that there is; none where there is none
 * @param isNew   whether it was stored just now
 * @param stock   what there was of the SKU when it was held for the movement
 * @param decided whether this is the answer, or is to be asked again
 */
record Move(Movement wanted, Movement stored, boolean isNew, StockItem stock, boolean decided) implements Pass {

    static Move of(Movement wanted) {
        return new Move(wanted, null, false, null, false);
    }

    @Override
    public List<Movement> undecided() {
        return decided ? List.of() : List.of(wanted);
    }
}
