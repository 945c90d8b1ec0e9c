package io.orderflow.routes.event;

import java.time.Instant;
import java.util.UUID;

/** A fact about one order, past and never changed. */
public sealed interface Event permits OrderCreated, StockAnswer, PaymentGenerated, OrderPaymentUpdated, OrderCancelled {

    UUID orderId();

    /** The version of the order's row at this fact; across routes only this gives the order of facts, and consumers ignore older ones. */
    long version();

    /** When the fact was stored, by the clock of the database that holds it. */
    Instant occurredAt();

    /** What tells this fact from others of the same type about the same order; empty where there can be only one. */
    default String occasion() {
        return "";
    }
}
