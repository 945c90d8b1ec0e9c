package io.orderflow.routes.order;

import static java.util.stream.Collectors.toSet;

import io.orderflow.routes.batch.Question;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.order.Updates.Settled;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What is to become of orders, judged at a version of each; what waits for another pass; and the orders that stand as they should. */
record Changes(List<Change> changes, List<Event> waiting, List<UUID> settled) implements Question<Settled> {

    /** Moves an order on, provided that it is still at {@code version}. */
    record Change(Event event, long version, OrderStatus status, PaymentStatus paymentStatus, String reason) {
    }

    @Override
    public Updates answered(List<Settled> rows) {
        var changed = rows.stream().map(Settled::id).collect(toSet());
        var overtaken = changes.stream().map(Change::event).filter(event -> !changed.contains(event.orderId()));
        return new Updates(Stream.concat(waiting.stream(), overtaken).toList(), rows);
    }
}
