package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import org.apache.camel.builder.RouteBuilder;

/** Shows the payment of an order as it stands. */
class FindPayment extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:find-payment")
            .routeId("find-payment")
            .routeDescription("Shows the payment of an order as it stands")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(Request.class, "orderId").id("read-the-paid-order-id")
            .to(statement("payments/look-up-payment", ShownPayment.class)).id("look-up-payment")
            .choice().id("is-there-such-a-payment")
                .when(body().isNull()).id("there-is-no-such-payment")
                    .bean(Answer.nothing("There is no payment of this order"), "refuse").id("answer-no-payment")
                .otherwise().id("there-is-such-a-payment")
                    .bean(Answer.ok(ShownPayment.class), "address").id("answer-payment")
                    .marshal(Answer.json()).id("write-the-payment")
            .end();
    }
}
