package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static io.orderflow.routes.batch.Statement.rows;
import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import org.apache.camel.builder.RouteBuilder;

/** Finds out what became of charges without an answer, until each is decided. */
class SettlePendingPayments extends RouteBuilder {
    private final Cashier cashier;
    private final PaymentSettings settings;

    SettlePendingPayments(Cashier cashier, PaymentSettings settings) {
        this.cashier = cashier;
        this.settings = settings;
    }

    @Override
    public void configure() {
        from("timer:settle-pending-payments?period=" + settings.settleEvery().toMillis())
            .routeId("settle-pending-payments")
            .routeDescription("Finds out what became of charges without an answer, until each is decided")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .setBody(constant(settings.settleAfter().toMillis())).id("set-the-waiting-time")
            .to(statement("payments/pick-pending-payments", Claims.class)).id("pick-pending-payments")
            .bean(cashier, "inquire").id("ask-the-gateway")
            .loopDoWhile(someUndecided()).id("until-every-known-charge-is-settled")
                .to(rows("payments/settle-payments", Payment.class)).id("settle-payments")
            .end()
            .to("outbox:payments").id("wake-the-payment-relay");
    }
}
