package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Query;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Shows orders by customer, status, reason and time, newest first, a page at a time. */
class FindOrders extends RouteBuilder {
    private final Query<OrderQuery> queries;

    FindOrders(Validator validator) {
        this.queries = new Query<>(OrderQuery.class, validator);
    }

    @Override
    public void configure() {
        from("direct:find-orders")
            .routeId("find-orders")
            .routeDescription("Shows orders by customer, status, reason and time, newest first, a page at a time")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(queries, "read").id("read-the-order-query")
            .bean(Ownership.class, "narrow").id("keep-to-own-orders")
            .transform().body(OrderQuery.class, OrderQuery::ids).id("turn-times-into-ids")
            .to(statement("orders/find-orders", OrderPage.class)).id("find-orders-asked-for")
            .bean(Answer.class, "link").id("link-the-next-orders")
            .bean(Answer.ok(OrderPage.class), "address").id("answer-orders")
            .marshal(Answer.json()).id("write-the-orders");
    }
}
