package io.orderflow.routes.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as it is stored and shown; amounts are in minor units of {@code currency}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(UUID id, String customer, OrderStatus status, String reason, String currency, long total, String paymentMethod, List<Line> lines,
    long version, Instant createdAt, Instant updatedAt, List<Step> timeline) {

    record Line(String sku, String name, long quantity, long unitPrice) {
    }

    /** One change of the order's status; the payment status is there where the step changed it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(long version, OrderStatus status, PaymentStatus paymentStatus, String reason, Instant at) {
    }
}
