package io.orderflow.routes.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/** A payment as anyone may see it; {@code amount} in minor units of {@code currency}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShownPayment(UUID orderId, Payment.State state, String currency, long amount, String method, String reason, Instant claimedAt, Instant decidedAt) {
}
