package io.orderflow.routes.order;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import java.util.List;
import java.util.UUID;

/** What is to become of orders, judged at a version of each; what waits for another pass; and the orders that stand as they should. */
record Changes(List<Change> changes, List<Event> waiting, List<UUID> settled) {

    /** Moves an order on, provided that it is still at {@code version}. */
    record Change(Event event, long version, OrderStatus status, PaymentStatus paymentStatus, String reason) {
    }
}
