package io.orderflow.routes.order;

import org.apache.camel.builder.RouteBuilder;

/** The order service's door: what can be asked of it by HTTP, and which route answers. */
class OrderApi extends RouteBuilder {

    @Override
    public void configure() {
        rest("/orders")
            .get().produces("application/json").to("direct:find-orders")
            .post().consumes("application/json").produces("application/json").to("direct:place-order")
            .post("/batch").consumes("application/json,application/x-ndjson").produces("application/json").to("direct:place-order-batch")
            .get("/{orderId}").produces("application/json").to("direct:find-order");

        rest("/products")
            .get().produces("application/json").to("direct:find-products")
            .get("/{sku}").produces("application/json").to("direct:find-product")
            .put("/{sku}").consumes("application/json").produces("application/json").to("direct:keep-product");
    }
}
