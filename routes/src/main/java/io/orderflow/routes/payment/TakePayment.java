package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.failure.Parking;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Takes the money for reserved orders: claimed before the charge, recorded after it, and never charged twice. */
class TakePayment extends RouteBuilder {
    private final Records<InventoryReserved> records = new Records<>(InventoryReserved.class);
    private final Cashier cashier;

    TakePayment(Cashier cashier) {
        this.cashier = cashier;
    }

    @Override
    public void configure() {
        from("kafka:" + INVENTORY_RESERVED + ",take-payment.replay?groupId=take-payment")
            .routeId("take-payment")
            .routeDescription("Takes the money for reserved orders: claimed before the charge, recorded after it, and never charged twice")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-inventory-reserved")
            .bean(cashier, "open").id("open-the-payments")
            .loopDoWhile(someUndecided()).id("until-every-payment-is-claimed")
                .to(rows("payments/claim-payments", Payment.class)).id("claim-payments")
            .end()
            .bean(cashier, "charge").id("charge-the-cards")
            .loopDoWhile(someUndecided()).id("until-every-charge-is-recorded")
                .to(rows("payments/record-payments", Payment.class)).id("record-payments")
            .end()
            .bean(cashier, "announce").id("announce-the-decided-payments")
            .split(byType((List<Event> events) -> events)).stopOnException().id("for-each-kind-of-payment-event")
                .to("kafka:" + PAYMENT_GENERATED).id("publish-payment-generated")
            .end()
            .bean(Parking.class).id("park-unreadable-reservations")
            .bean(Commit.class).id("commit-inventory-reserved");
    }
}
