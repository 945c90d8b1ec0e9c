package io.orderflow.routes.order;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.event.Event;
import java.util.List;

/** Events on their way into their orders: those not yet acted on, and the orders as they stand for those that were. */
record Updates(List<Event> undecided, List<Order> settled) implements Pass {
}
