package io.orderflow.routes.parking;

import io.orderflow.routes.door.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * Which parked records to show, newest first; what is not said matches all.
 *
 * @param route who parked them; a name that no route has would match nothing, and look as if all were well
 * @param cause the class of what went wrong, with or without its package
 * @param limit how many at most
 * @param after go on after this record
 */
record ParkedQuery(
    @Pattern(regexp = ROUTE, message = ROUTE_RULE) String route,
    @Pattern(regexp = CAUSE, message = CAUSE_RULE) String cause,
    ParkedState state,
    @Min(1) @Max(Page.LARGEST) Integer limit,
    UUID after) {

    static final String ROUTE = "reserve-inventory|release-inventory|take-payment|update-order-payment|reject-order";
    static final String ROUTE_RULE = "must be one of reserve-inventory, release-inventory, take-payment, update-order-payment, reject-order";
    static final String CAUSE = "[A-Za-z0-9_.$]{1,200}";
    static final String CAUSE_RULE = "must be the name of a class, such as JsonParseException";

    private static final UUID LAST = new UUID(-1, -1);

    ParkedQuery {
        limit = limit == null ? Integer.valueOf(Page.USUAL) : limit;
        after = after == null ? LAST : after;
    }
}
