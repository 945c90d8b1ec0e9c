package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Letters.are;
import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.failure.Parking;
import org.apache.camel.builder.RouteBuilder;

/** Sets stock aside for placed orders: every line of an order, or none of it. */
class ReserveInventory extends RouteBuilder {
    private final Records<OrderCreated> records = new Records<>(OrderCreated.class);
    private final StockPolicy policy = new StockPolicy();

    @Override
    public void configure() {
        from("kafka:" + ORDER_CREATED + ",reserve-inventory.replay?groupId=reserve-inventory")
            .routeId("reserve-inventory")
            .routeDescription("Sets stock aside for placed orders: every line of an order, or none of it")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-orders-created")
            .bean(policy, "open").id("open-the-reservations")
            .loopDoWhile(someUndecided()).id("until-every-order-is-answered")
                .toV(rows("inventory/look-up-stock", Available.class), null, "stock").id("look-up-stock")
                .bean(policy, "judge(${body}, ${variable.stock})").id("judge-the-stock")
                .to(rows("inventory/reserve-stock", Judgements.Stored.class)).id("reserve-stock")
            .end()
            .split(byType(Reservations::answers)).stopOnException().id("for-each-answer")
                .choice().id("did-every-line-fit")
                    .when(are(InventoryReserved.class)).id("every-line-reserved")
                        .to("kafka:" + INVENTORY_RESERVED).id("publish-inventory-reserved")
                    .otherwise().id("a-line-fell-short")
                        .to("kafka:" + INVENTORY_FAILED).id("publish-inventory-failed")
                .end()
            .end()
            .bean(Parking.class).id("park-unreadable-orders")
            .bean(Commit.class).id("commit-orders-created");
    }
}
