package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import org.apache.camel.builder.RouteBuilder;

/** Shows an order as it stands, with everything that happened to it. */
class FindOrder extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:find-order")
            .routeId("find-order")
            .routeDescription("Shows an order as it stands, with everything that happened to it")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(Request.class, "orderId").id("read-the-order-id")
            .to(statement("orders/look-up-order", Order.class)).id("look-up-order")
            .bean(Ownership.class, "check").id("check-whose-order-it-is")
            .choice().id("is-there-such-an-order")
                .when(body().isNull()).id("there-is-no-such-order")
                    .bean(Answer.nothing("There is no order with this id"), "refuse").id("answer-not-found")
                .otherwise().id("there-is-such-an-order")
                    .bean(Answer.ok(Order.class), "address").id("answer-found")
                    .marshal(Answer.json()).id("write-the-found-order")
            .end();
    }
}
