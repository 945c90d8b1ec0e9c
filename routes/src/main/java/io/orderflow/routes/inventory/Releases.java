package io.orderflow.routes.inventory;

import static java.util.stream.Collectors.toSet;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.batch.Question;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.inventory.Releases.Released;
import java.util.List;
import java.util.UUID;

/** Cancelled orders whose stock is not back yet. */
record Releases(List<OrderCancelled> undecided) implements Pass, Question<Released> {

    /** An order that holds nothing, now or ever. */
    record Released(UUID orderId) {
    }

    static Releases open(List<OrderCancelled> cancelled) {
        return new Releases(cancelled);
    }

    @Override
    public Releases answered(List<Released> rows) {
        var released = rows.stream().map(Released::orderId).collect(toSet());
        return new Releases(undecided.stream().filter(order -> !released.contains(order.orderId())).toList());
    }
}
