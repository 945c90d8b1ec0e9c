package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import org.apache.camel.builder.RouteBuilder;

/** Shows a product as it is sold now. */
class FindProduct extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:find-product")
            .routeId("find-product")
            .routeDescription("Shows a product as it is sold now")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(Request.class, "sku").id("read-the-product-sku")
            .to(statement("orders/look-up-product", Product.class)).id("look-up-product")
            .choice().id("is-there-such-a-product")
                .when(body().isNull()).id("there-is-no-such-product")
                    .bean(Answer.nothing("There is no product of this SKU"), "refuse").id("answer-no-product")
                .otherwise().id("there-is-such-a-product")
                    .bean(Answer.ok(Product.class), "address").id("answer-product")
                    .marshal(Answer.json()).id("write-the-product")
            .end();
    }
}
