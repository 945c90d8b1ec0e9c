package io.orderflow.routes.order;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.order.Order.Step;
import java.util.List;
import java.util.UUID;

/** Events on their way into their orders: those not yet acted on, and what there is to tell of the orders that were. */
record Updates(List<Event> undecided, List<Settled> settled) implements Pass {

    /** An order that stands as it should; {@code total} in minor units of {@code currency}. */
    record Settled(UUID id, String customer, String currency, long total, List<Step> timeline) {
    }
}
