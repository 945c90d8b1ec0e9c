package io.orderflow.routes.payment;

import java.time.Instant;
import java.util.UUID;

/** A payment as it is stored, one per order; {@code amount} in minor units of {@code currency}. */
record Payment(UUID orderId, long version, State state, String currency, long amount, String method, String reason, Instant decidedAt) {

    /** CANCELLED is a tombstone: the order was cancelled before it could be charged. */
    enum State { PENDING, CAPTURED, DECLINED, CANCELLED }

    boolean isDecided() {
        return state == State.CAPTURED || state == State.DECLINED;
    }
}
