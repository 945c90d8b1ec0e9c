package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Corrects how much there is of a SKU, once however often it is told; what is reserved is not touched. */
class AdjustStock extends RouteBuilder {
    private final Request<Adjustment> requests;
    private final MovementPolicy policy = new MovementPolicy();

    AdjustStock(Validator validator) {
        this.requests = new Request<>(Adjustment.class, validator, "sku");
    }

    @Override
    public void configure() {
        from("direct:adjust-stock")
            .routeId("adjust-stock")
            .routeDescription("Corrects how much there is of a SKU, once however often it is told; what is reserved is not touched")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(requests, "read").id("read-the-adjustment")
            .bean(policy, "adjust").id("open-the-adjustment")
            .loopDoWhile(someUndecided()).id("until-the-adjustment-is-answered")
                .to(statement("inventory/move-stock", Move.class)).id("move-stock-as-adjusted")
            .end()
            .bean(policy, "judge").id("judge-the-adjustment")
            .choice().id("was-the-stock-adjusted")
                .when(body().isInstanceOf(Move.class)).id("the-stock-is-adjusted")
                    .bean(Answer.kept(Move.class, Move::isNew, Movement.class, Move::stored), "address").id("answer-adjusted")
                    .marshal(Answer.json()).id("write-the-adjustment")
                .otherwise().id("the-adjustment-is-refused")
                    .bean(Answer.refused(404, 409), "refuse").id("answer-not-adjusted")
            .end();
    }
}
