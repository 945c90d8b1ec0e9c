package io.orderflow.routes.order;

import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Bulk;
import io.orderflow.routes.door.Gather;
import io.orderflow.routes.door.IdempotencyKey;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Takes many orders in at once; each is placed or refused on its own. */
class PlaceOrderBatch extends RouteBuilder {
    private static final int MOST = 1000;

    private final Bulk<OrderRequest> requests;
    private final Ownership ownership = new Ownership();
    private final IntakePolicy policy = new IntakePolicy();

    PlaceOrderBatch(Validator validator) {
        this.requests = new Bulk<>(OrderRequest.class, validator, MOST);
    }

    @Override
    public void configure() {
        from("direct:place-order-batch")
            .routeId("place-order-batch")
            .routeDescription("Takes many orders in at once; each is placed or refused on its own")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(new Gather.Room("gather:new-orders"), "look").id("is-there-room-for-them")
            .bean(requests, "read").id("read-the-orders")
            .bean(ownership, "claimEach").id("claim-each-order")
            .bean(policy, "mergeEach").id("merge-equal-lines-of-each")
            .bean(new IdempotencyKey(), "attach").id("attach-the-key-to-each")
            .to("gather:new-orders").id("hand-in-the-orders")
            .bean(IdempotencyKey.class, "note").id("note-that-all-is-replayed")
            .bean(policy, "judgeEach").id("judge-the-placements")
            .bean(Answer.ok(OrderResults.class), "address").id("answer-each")
            .marshal(Answer.json()).id("write-the-results");
    }
}
