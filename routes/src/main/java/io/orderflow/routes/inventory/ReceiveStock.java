package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Takes stock in, once however often it is told; what has come in can be ordered at once. */
class ReceiveStock extends RouteBuilder {
    private final Request<Receipt> requests;
    private final MovementPolicy policy = new MovementPolicy();

    ReceiveStock(Validator validator) {
        this.requests = new Request<>(Receipt.class, validator, "sku");
    }

    @Override
    public void configure() {
        from("direct:receive-stock")
            .routeId("receive-stock")
            .routeDescription("Takes stock in, once however often it is told; what has come in can be ordered at once")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(requests, "read").id("read-the-receipt")
            .bean(policy, "receive").id("open-the-receipt")
            .loopDoWhile(someUndecided()).id("until-the-receipt-is-answered")
                .to(statement("inventory/move-stock", Move.class)).id("move-stock-in")
            .end()
            .bean(policy, "judge").id("judge-the-receipt")
            .choice().id("was-the-stock-received")
                .when(body().isInstanceOf(Move.class)).id("the-stock-is-received")
                    .bean(Answer.kept(Move.class, Move::isNew, Movement.class, Move::stored), "address").id("answer-received")
                    .marshal(Answer.json()).id("write-the-receipt")
                .otherwise().id("the-receipt-is-refused")
                    .bean(Answer.refused(409), "refuse").id("answer-not-received")
            .end();
    }
}
