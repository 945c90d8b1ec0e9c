package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import java.util.Map;
import org.apache.camel.builder.RouteBuilder;

/** Sees how much each route has parked that nobody has decided on, for the metrics and the health of the app. */
class WatchParked extends RouteBuilder {
    private final ParkedCounts counts;

    WatchParked(ParkedCounts counts) {
        this.counts = counts;
    }

    @Override
    public void configure() {
        from("timer:watch-parked?period=5000")
            .routeId("watch-parked")
            .routeDescription("Sees how much each route has parked that nobody has decided on, for the metrics and the health of the app")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .to(statement("orders/count-parked", Map.class)).id("count-parked-records")
            .bean(counts, "see").id("see-what-is-parked");
    }
}
