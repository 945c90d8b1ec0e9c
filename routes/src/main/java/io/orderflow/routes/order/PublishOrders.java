package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Letters.are;
import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static io.orderflow.routes.failure.FailurePolicy.LEAVE;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderCreated;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** Tells the world which orders were placed, each at least once and in the order they were stored. */
class PublishOrders extends RouteBuilder {

    @Override
    public void configure() {
        from("outbox:orders")
            .routeId("publish-orders")
            .routeDescription("Tells the world which orders were placed, each at least once and in the order they were stored")
            .routeConfigurationId(LEAVE)

            .split(byType((List<Event> events) -> events)).stopOnException().id("for-each-kind-of-order-event")
                .choice().id("which-order-event-is-it")
                    .when(are(OrderCreated.class)).id("orders-were-placed")
                        .to("kafka:" + ORDER_CREATED).id("publish-order-created")
                    .otherwise().id("no-order-event-that-is-known")
                        .throwException(IllegalStateException.class, "There is no topic for this event of orders").id("refuse-the-order-event")
                .end()
            .end();
    }
}
