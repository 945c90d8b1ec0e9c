package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.event.InventoryFailed;
import io.orderflow.routes.failure.Parking;
import org.apache.camel.builder.RouteBuilder;

/** Rejects orders that stock does not suffice for. */
class RejectOrder extends RouteBuilder {
    private final Records<InventoryFailed> records = new Records<>(InventoryFailed.class);
    private final OrderPolicy policy = new OrderPolicy();

    @Override
    public void configure() {
        from("kafka:" + INVENTORY_FAILED + ",reject-order.replay?groupId=reject-order")
            .routeId("reject-order")
            .routeDescription("Rejects orders that stock does not suffice for")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-inventory-failures")
            .bean(policy, "open").id("open-the-short-orders")
            .loopDoWhile(someUndecided()).id("until-every-short-order-is-rejected")
                .toV(rows("orders/look-up-orders", Standing.class), null, "orders").id("look-up-orders-short")
                .bean(policy, "judge(${body}, ${variable.orders})").id("judge-the-failures")
                .to(rows("orders/change-orders", Updates.Settled.class)).id("change-orders-short")
            .end()
            .bean(Parking.class).id("park-unreadable-failures")
            .bean(Commit.class).id("commit-inventory-failures");
    }
}
