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
        if (total < 0)
            throw new IllegalArgumentException("total: must not be negative");
        lines = List.copyOf(requireNonNull(lines, "lines"));
        if (lines.isEmpty())
            throw new IllegalArgumentException("lines: an order has at least one");
    }

    public record Line(String sku, long quantity, long unitPrice) {
        /** More than any order may ask for, and little enough that sums stay exact. */
        private static final long MOST = 1_000_000;

        public Line {
            requireNonNull(sku, "lines.sku");
            if (quantity < 1 || quantity > MOST)
                throw new IllegalArgumentException("lines.quantity: must be 1 to " + MOST);
        }
    }
}
