package io.orderflow.routes.inventory;

import static io.orderflow.routes.event.Examples.AT;

import io.orderflow.routes.inventory.Movement.Kind;

/** Movements of SKU-1 as they could be asked for and stored. */
final class StockExamples {
    static final StockItem STOCK = new StockItem("SKU-1", 10, 7, 3);

    private StockExamples() {
    }

    static Movement receipt(long quantity) {
        return new Movement("SKU-1", Kind.RECEIPT, quantity, "delivery 7", "r-1", null);
    }

    static Movement adjustment(long delta) {
        return new Movement("SKU-1", Kind.ADJUSTMENT, delta, "broken", "a-1", null);
    }

    static Move stored(Movement movement) {
        return new Move(movement, movement.storedAt(AT), true, STOCK, true);
    }

    static Move storedBefore(Movement movement) {
        return new Move(movement, movement.storedAt(AT), false, null, true);
    }

    static Move undecided(Movement movement) {
        return new Move(movement, null, false, STOCK, false);
    }

    static Move refused(Movement movement) {
        return new Move(movement, null, false, STOCK, true);
    }

    static Move unknown(Movement movement) {
        return new Move(movement, null, false, null, true);
    }
}
