package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.rows;

import org.apache.camel.builder.RouteBuilder;

/** Stores the orders that came in together: one statement and one commit for all of them. */
class StoreOrders extends RouteBuilder {
    private final Backlog backlog;

    StoreOrders(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void configure() {
        from("gather:new-orders")
            .routeId("store-orders")
            .routeDescription("Stores the orders that came in together: one statement and one commit for all of them")

            .delay(method(backlog, "pause")).syncDelayed().id("wait-for-completion")
            .to(rows("orders/place-orders", Placement.class)).id("place-orders")
            .to("outbox:orders").id("wake-the-relay");
    }
}
