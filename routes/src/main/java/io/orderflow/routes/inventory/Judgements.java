package io.orderflow.routes.inventory;

import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.StockAnswer;
import java.util.List;

/** What the policy thinks of the undecided orders, in the order they are to be served. */
record Judgements(List<Judgement> judgements, List<StockAnswer> answers) {

    /** An order, and the SKUs that do not suffice for it; none where it is to get all it asks for. */
    record Judgement(OrderCreated order, List<String> shortOf) {
    }
}
