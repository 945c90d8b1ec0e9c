package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** A payment was decided. {@code amount} is in minor units of {@code currency}; {@code reason} says why a card was declined. */
public record PaymentGenerated(UUID orderId, long version, Instant occurredAt, Outcome outcome, String currency, long amount, String reason) implements Event {

    public enum Outcome { CAPTURED, DECLINED }

    public PaymentGenerated {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(outcome, "outcome");
        requireNonNull(currency, "currency");
    }
}
