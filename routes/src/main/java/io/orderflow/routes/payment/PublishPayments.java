package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import io.orderflow.routes.event.Event;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Tells the world of payments that were settled late, each at least once. */
class PublishPayments extends RouteBuilder {

    @Override
    public void configure() {
        from("outbox:payments")
            .routeId("publish-payments")
            .routeDescription("Tells the world of payments that were settled late, each at least once")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .split(byType((List<Event> events) -> events)).stopOnException().id("for-each-kind-of-settled-payment")
                .to("kafka:" + PAYMENT_GENERATED).id("publish-settled-payment")
            .end();
    }
}
