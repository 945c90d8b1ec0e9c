package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import org.apache.camel.builder.RouteBuilder;

/** Shows how much of a SKU is on hand, reserved and available. */
class FindStockItem extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:find-stock-item")
            .routeId("find-stock-item")
            .routeDescription("Shows how much of a SKU is on hand, reserved and available")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(Request.class, "sku").id("read-the-stock-sku")
            .to(statement("inventory/look-up-stock-item", StockItem.class)).id("look-up-stock-item")
            .choice().id("is-there-such-a-stock-item")
                .when(body().isNull()).id("there-is-no-such-stock-item")
                    .bean(Answer.nothing("There is no stock item of this SKU"), "refuse").id("answer-no-stock-item")
                .otherwise().id("there-is-such-a-stock-item")
                    .bean(Answer.ok(StockItem.class), "address").id("answer-stock-item")
                    .marshal(Answer.json()).id("write-the-stock-item")
            .end();
    }
}
