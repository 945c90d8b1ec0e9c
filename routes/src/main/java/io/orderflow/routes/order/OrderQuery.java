package io.orderflow.routes.order;

import io.orderflow.routes.door.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;

/**
 * Which orders to show, newest first; what is not said matches all.
 *
 * @param reason the reason's code, such as {@code OUT_OF_STOCK}
 * @param from   placed at this time or later
 * @param to     placed before this time
 * @param limit  how many at most
 * @param after  go on after this order
 */
record OrderQuery(
    @Pattern(regexp = OrderRequest.PRINTABLE, message = "must be 1 to 100 printable characters") String customer,
    OrderStatus status,
    @Pattern(regexp = "[A-Z_]{1,40}", message = "must be a code such as OUT_OF_STOCK") String reason,
    Instant from, Instant to,
    @Min(1) @Max(Page.LARGEST) Integer limit,
    UUID after) {

    private static final UUID LAST = new UUID(-1, -1);
    private static final Instant LAST_TIME = Instant.ofEpochMilli((1L << 48) - 1);

    /** The same, in terms of ids: an order's id begins with the millisecond it was placed in, so one index serves both order and time. */
    record Ids(String customer, OrderStatus status, String reason, UUID from, UUID to, UUID after, int limit) {
    }

    public Ids ids() {
        return new Ids(customer, status, reason, firstIdAt(from == null ? Instant.EPOCH : from), to == null ? LAST : firstIdAt(to),
            after == null ? LAST : after, limit == null ? Page.USUAL : limit);
    }

    private static UUID firstIdAt(Instant time) {
        var millis = time.isBefore(Instant.EPOCH) ? 0 : time.isAfter(LAST_TIME) ? LAST_TIME.toEpochMilli() : time.plusNanos(999_999).toEpochMilli();
        return new UUID(millis << 16, 0);
    }
}
