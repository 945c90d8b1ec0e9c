package io.orderflow.routes.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What stock said to an order.
 *
 * @param lines   what is held, or was until it was released
 * @param shortOf the SKUs that did not suffice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reservation(UUID orderId, State state, List<Line> lines, List<String> shortOf, Instant decidedAt, Instant releasedAt) {

    /** CANCELLED is a tombstone: the cancellation came before the order. */
    enum State { HELD, REFUSED, RELEASED, CANCELLED }

    record Line(String sku, long quantity) {
    }
}
