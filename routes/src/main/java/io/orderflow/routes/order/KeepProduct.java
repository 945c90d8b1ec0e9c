package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Keeps a product as told; orders placed before keep the price they were placed at. */
class KeepProduct extends RouteBuilder {
    private final Request<Product> requests;

    KeepProduct(Validator validator) {
        this.requests = new Request<>(Product.class, validator, "sku");
    }

    @Override
    public void configure() {
        from("direct:keep-product")
            .routeId("keep-product")
            .routeDescription("Keeps a product as told; orders placed before keep the price they were placed at")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(requests, "read").id("read-the-product")
            .to(statement("orders/keep-product", KeptProduct.class)).id("keep-product-as-told")
            .bean(Answer.kept(KeptProduct.class, KeptProduct::isNew, Product.class, KeptProduct::product), "address").id("answer-kept")
            .marshal(Answer.json()).id("write-the-kept-product");
    }
}
