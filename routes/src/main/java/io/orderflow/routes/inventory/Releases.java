package io.orderflow.routes.inventory;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.event.OrderCancelled;
import java.util.List;

/** Cancelled orders whose stock is not back yet. */
record Releases(List<OrderCancelled> undecided) implements Pass {

    static Releases open(List<OrderCancelled> cancelled) {
        return new Releases(cancelled);
    }
}
