package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import org.apache.camel.builder.RouteBuilder;

/** Shows what stock said to an order: what it holds, what it held, or what fell short. */
class FindReservation extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:find-reservation")
            .routeId("find-reservation")
            .routeDescription("Shows what stock said to an order: what it holds, what it held, or what fell short")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(Request.class, "orderId").id("read-the-reserved-order-id")
            .to(statement("inventory/look-up-reservation", Reservation.class)).id("look-up-reservation")
            .choice().id("is-there-such-a-reservation")
                .when(body().isNull()).id("there-is-no-such-reservation")
                    .bean(Answer.nothing("There is no reservation of this order"), "refuse").id("answer-no-reservation")
                .otherwise().id("there-is-such-a-reservation")
                    .bean(Answer.ok(Reservation.class), "address").id("answer-reservation")
                    .marshal(Answer.json()).id("write-the-reservation")
            .end();
    }
}
