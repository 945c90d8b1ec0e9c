package io.orderflow.routes.order;

import org.apache.camel.builder.RouteBuilder;

/** The order service's door: what can be asked of it by HTTP, and which route answers. */
class OrderApi extends RouteBuilder {

    @Override
    public void configure() {
        rest("/orders")
            .post().consumes("application/json").produces("application/json").to("direct:place-order")
            .get("/{id}").produces("application/json").to("direct:find-order");
    }
}
