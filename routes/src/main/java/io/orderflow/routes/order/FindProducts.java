package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Query;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Shows what is sold, by SKU, a page at a time. */
class FindProducts extends RouteBuilder {
    private final Query<ProductQuery> queries;

    FindProducts(Validator validator) {
        this.queries = new Query<>(ProductQuery.class, validator);
    }

    @Override
    public void configure() {
        from("direct:find-products")
            .routeId("find-products")
            .routeDescription("Shows what is sold, by SKU, a page at a time")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(queries, "read").id("read-the-product-query")
            .to(statement("orders/find-products", ProductPage.class)).id("find-products-asked-for")
            .bean(Answer.class, "link").id("link-the-next-products")
            .bean(Answer.ok(ProductPage.class), "address").id("answer-products")
            .marshal(Answer.json()).id("write-the-products");
    }
}
