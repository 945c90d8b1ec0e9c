package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Nothing of an order is set aside; {@code shortOf} names the SKUs that did not suffice. */
public record InventoryFailed(UUID orderId, long version, Instant occurredAt, Reason reason, List<String> shortOf) implements StockAnswer {

    public enum Reason { OUT_OF_STOCK, ORDER_CANCELLED }

    public InventoryFailed {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(reason, "reason");
        shortOf = List.copyOf(requireNonNull(shortOf, "shortOf"));
    }
}
