package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** Every line of an order is set aside. {@code total} is what is to be paid, in minor units of {@code currency}. */
public record InventoryReserved(UUID orderId, long version, Instant occurredAt, String currency, long total, String paymentMethod) implements StockAnswer {

    public InventoryReserved {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(currency, "currency");
        requireNonNull(paymentMethod, "paymentMethod");
        if (total < 0)
            throw new IllegalArgumentException("total: must not be negative");
    }
}
