package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Query;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Shows everything that came in or went out of a SKU, newest first, a page at a time. */
class FindMovements extends RouteBuilder {
    private final Query<MovementQuery> queries;

    FindMovements(Validator validator) {
        this.queries = new Query<>(MovementQuery.class, validator, "sku");
    }

    @Override
    public void configure() {
        from("direct:find-movements")
            .routeId("find-movements")
            .routeDescription("Shows everything that came in or went out of a SKU, newest first, a page at a time")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(queries, "read").id("read-the-movement-query")
            .to(statement("inventory/find-movements", MovementPage.class)).id("find-movements-asked-for")
            .choice().id("is-there-such-a-ledger")
                .when(body().isNull()).id("there-is-no-such-ledger")
                    .bean(Answer.nothing("There is no stock item of this SKU"), "refuse").id("answer-no-ledger")
                .otherwise().id("there-is-such-a-ledger")
                    .bean(Answer.class, "link").id("link-the-next-movements")
                    .bean(Answer.ok(MovementPage.class), "address").id("answer-movements")
                    .marshal(Answer.json()).id("write-the-movements")
            .end();
    }
}
