package io.orderflow.routes.order;

import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Gather;
import io.orderflow.routes.door.IdempotencyKey;
import io.orderflow.routes.door.Request;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Takes an order in: what is answered 202 is stored, priced by us, and on its way. */
class PlaceOrder extends RouteBuilder {
    private final Request<OrderRequest> requests;
    private final Ownership ownership = new Ownership();
    private final IntakePolicy policy = new IntakePolicy();

    PlaceOrder(Validator validator) {
        this.requests = new Request<>(OrderRequest.class, validator);
    }

    @Override
    public void configure() {
        from("direct:place-order")
            .routeId("place-order")
            .routeDescription("Takes an order in: what is answered 202 is stored, priced by us, and on its way")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(new Gather.Room("gather:new-orders"), "look").id("is-there-room-for-it")
            .bean(requests, "read").id("read-the-order")
            .bean(ownership, "claim").id("claim-the-order")
            .bean(policy, "merge").id("merge-equal-lines")
            .bean(new IdempotencyKey(), "attach").id("attach-the-key")
            .to("gather:new-orders").id("hand-in-the-order")
            .bean(IdempotencyKey.class, "note").id("note-a-replay")
            .bean(policy, "judge").id("judge-the-placement")
            .choice().id("was-it-placed")
                .when(body().isInstanceOf(Order.class)).id("the-order-is-placed")
                    .bean(Answer.accepted(Order.class, order -> "/orders/" + order.id()), "address").id("answer-accepted")
                    .marshal(Answer.json()).id("write-the-placed-order")
                .otherwise().id("the-order-is-refused")
                    .bean(Answer.refused(409, 422), "refuse").id("answer-refused")
            .end();
    }
}
