package io.orderflow.routes.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** An order's payment status changed. {@code total} is in minor units of {@code currency}. */
public record OrderPaymentUpdated(UUID orderId, long version, Instant occurredAt, String customer, PaymentStatus paymentStatus, String currency, long total, String reason)
    implements Event {

    public enum PaymentStatus { PAID, DECLINED }

    public OrderPaymentUpdated {
        requireNonNull(orderId, "orderId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(customer, "customer");
        requireNonNull(paymentStatus, "paymentStatus");
        requireNonNull(currency, "currency");
    }

    @Override
    public String occasion() {
        return paymentStatus.name();
    }
}
