package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order was placed. {@code total} and unit prices are in minor units of {@code currency}. */
public record OrderCreated(UUID orderId, long version, Instant occurredAt, String customer, String currency, long total, String paymentMethod, List<Line> lines)
    implements Event {

    public OrderCreated {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(customer, "customer");
        requireNonNull(currency, "currency");
        requireNonNull(paymentMethod, "paymentMethod");
        lines = List.copyOf(requireNonNull(lines, "lines"));
        if (lines.isEmpty())
            throw new IllegalArgumentException("lines: an order has at least one");
    }

    public record Line(String sku, long quantity, long unitPrice) {
        public Line {
            requireNonNull(sku, "lines.sku");
            if (quantity < 1)
                throw new IllegalArgumentException("lines.quantity: must be at least 1");
        }
    }
}
