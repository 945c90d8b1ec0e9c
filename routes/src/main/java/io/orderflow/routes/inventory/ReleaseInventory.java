package io.orderflow.routes.inventory;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.failure.Parking;
import org.apache.camel.builder.RouteBuilder;

/** Gives back what cancelled orders hold; an order that comes later than its cancellation gets nothing. */
class ReleaseInventory extends RouteBuilder {
    private final Records<OrderCancelled> records = new Records<>(OrderCancelled.class);

    @Override
    public void configure() {
        from("kafka:" + ORDER_CANCELLED + ",release-inventory.replay?groupId=release-inventory")
            .routeId("release-inventory")
            .routeDescription("Gives back what cancelled orders hold; an order that comes later than its cancellation gets nothing")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-orders-cancelled")
            .bean(Releases.class, "open").id("open-the-releases")
            .loopDoWhile(someUndecided()).id("until-every-reservation-is-released")
                .to(rows("inventory/release-stock", Releases.Released.class)).id("release-stock")
            .end()
            .bean(Parking.class).id("park-unreadable-cancellations")
            .bean(Commit.class).id("commit-orders-cancelled");
    }
}
