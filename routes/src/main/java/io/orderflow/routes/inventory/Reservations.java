package io.orderflow.routes.inventory;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.StockAnswer;
import java.util.List;

/** The orders of a batch on their way to an answer: those still undecided, and the answers that are stored. */
record Reservations(List<OrderCreated> undecided, List<StockAnswer> answers) implements Pass {
}
