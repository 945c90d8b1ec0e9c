package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Letters.are;
import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static io.orderflow.routes.event.Topics.ORDER_PAYMENT_UPDATED;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.event.PaymentGenerated;
import io.orderflow.routes.failure.Parking;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Settles orders by what became of their payments: paid, or failed and to be undone. */
class UpdateOrderPayment extends RouteBuilder {
    private final Records<PaymentGenerated> records = new Records<>(PaymentGenerated.class);
    private final OrderPolicy policy = new OrderPolicy();

    @Override
    public void configure() {
        from("kafka:" + PAYMENT_GENERATED + ",update-order-payment.replay?groupId=update-order-payment")
            .routeId("update-order-payment")
            .routeDescription("Settles orders by what became of their payments: paid, or failed and to be undone")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-payments-generated")
            .bean(policy, "open").id("open-the-paid-orders")
            .loopDoWhile(someUndecided()).id("until-every-payment-is-in-its-order")
                .toV(rows("orders/look-up-orders", Standing.class), null, "orders").id("look-up-orders-paid")
                .bean(policy, "judge(${body}, ${variable.orders})").id("judge-the-payments")
                .to(rows("orders/change-orders", Updates.Settled.class)).id("change-orders-paid")
            .end()
            .bean(policy, "announce").id("announce-the-payments")
            .split(byType((List<Event> events) -> events)).stopOnException().id("for-each-announcement")
                .choice().id("is-it-to-be-undone")
                    .when(are(OrderCancelled.class)).id("the-order-is-to-be-undone")
                        .to("kafka:" + ORDER_CANCELLED).id("publish-order-cancelled")
                    .otherwise().id("the-payment-status-has-changed")
                        .to("kafka:" + ORDER_PAYMENT_UPDATED).id("publish-order-payment-updated")
                .end()
            .end()
            .bean(Parking.class).id("park-unreadable-payments")
            .bean(Commit.class).id("commit-payments-generated");
    }
}
