package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Letters.are;
import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static io.orderflow.routes.failure.FailurePolicy.LEAVE;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.PaymentGenerated;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Tells the world of payments that were settled late, each at least once. */
class PublishPayments extends RouteBuilder {

    @Override
    public void configure() {
        from("outbox:payments")
            .routeId("publish-payments")
            .routeDescription("Tells the world of payments that were settled late, each at least once")
            .routeConfigurationId(LEAVE)

            .split(byType((List<Event> events) -> events)).stopOnException().id("for-each-kind-of-settled-payment")
                .choice().id("which-payment-event-is-it")
                    .when(are(PaymentGenerated.class)).id("payments-were-settled")
                        .to("kafka:" + PAYMENT_GENERATED).id("publish-settled-payment")
                    .otherwise().id("no-payment-event-that-is-known")
                        .throwException(IllegalStateException.class, "There is no topic for this event of payments").id("refuse-the-payment-event")
                .end()
            .end();
    }
}
