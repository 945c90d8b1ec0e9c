package io.orderflow.routes.inventory;

import org.apache.camel.builder.RouteBuilder;

/** The inventory service's door: what can be asked of it by HTTP, and which route answers. */
class InventoryApi extends RouteBuilder {

    @Override
    public void configure() {
        rest("/stock")
            .get().produces("application/json").to("direct:find-stock")
            .get("/{sku}").produces("application/json").to("direct:find-stock-item")
            .post("/{sku}/receipts").consumes("application/json").produces("application/json").to("direct:receive-stock")
            .post("/{sku}/adjustments").consumes("application/json").produces("application/json").to("direct:adjust-stock")
            .get("/{sku}/movements").produces("application/json").to("direct:find-movements");

        rest("/reservations")
            .get("/{orderId}").produces("application/json").to("direct:find-reservation");
    }
}
