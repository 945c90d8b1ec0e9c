package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** An order ended without being fulfilled: the one signal to undo whatever was done for it. */
public record OrderCancelled(UUID orderId, long version, Instant occurredAt, String customer, String reason) implements Event {

    public OrderCancelled {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(customer, "customer");
        requireNonNull(reason, "reason");
    }
}
