package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Query;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Shows how much there is of everything, by SKU, a page at a time. */
class FindStock extends RouteBuilder {
    private final Query<StockQuery> queries;

    FindStock(Validator validator) {
        this.queries = new Query<>(StockQuery.class, validator);
    }

    @Override
    public void configure() {
        from("direct:find-stock")
            .routeId("find-stock")
            .routeDescription("Shows how much there is of everything, by SKU, a page at a time")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(queries, "read").id("read-the-stock-query")
            .to(statement("inventory/find-stock", StockPage.class)).id("find-stock-asked-for")
            .bean(Answer.class, "link").id("link-the-next-stock")
            .bean(Answer.ok(StockPage.class), "address").id("answer-stock")
            .marshal(Answer.json()).id("write-the-stock");
    }
}
