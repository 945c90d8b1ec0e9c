package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import org.apache.camel.builder.RouteBuilder;

/** Sees how many orders are on their way, so that intake waits for what is accepted to be finished. */
class WatchBacklog extends RouteBuilder {
    /** What has been on its way for longer waits for something else than its turn, and should not hold up others. */
    private static final int SECONDS_TO_LOOK_BACK = 60;

    private final Backlog backlog;

    WatchBacklog(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void configure() {
        from("timer:watch-backlog?period=500")
            .routeId("watch-backlog")
            .routeDescription("Sees how many orders are on their way, so that intake waits for what is accepted to be finished")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .setBody(constant(SECONDS_TO_LOOK_BACK)).id("set-the-seconds-to-look-back")
            .to(statement("orders/count-pending-orders", Long.class)).id("count-pending-orders")
            .bean(backlog, "see").id("see-the-backlog");
    }
}
