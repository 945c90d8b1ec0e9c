package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;
import static java.util.stream.Collectors.joining;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.event.Topics;
import io.orderflow.routes.failure.Parking;
import org.apache.camel.builder.RouteBuilder;

/** Keeps every record that a step of the flow has put aside, as it is and once. */
class CollectParked extends RouteBuilder {
    /** Where each of 500 records is as large as can be, they would not all fit in memory several times over. */
    private static final int BYTES_AT_A_TIME = 4 * 1024 * 1024;

    private final ParkedRecords records = new ParkedRecords();

    @Override
    public void configure() {
        from("kafka:" + parked() + ",collect-parked.replay?groupId=collect-parked&fetchMaxBytes=" + BYTES_AT_A_TIME)
            .routeId("collect-parked")
            .routeDescription("Keeps every record that a step of the flow has put aside, as it is and once")
            .routeConfigurationId(RETRY_THEN_PARK)

            .bean(records, "read").id("read-parked-records")
            .to(statement("orders/keep-parked", Integer.class)).id("keep-parked-records")
            .bean(Parking.class).id("park-what-nobody-can-keep")
            .bean(Commit.class).id("commit-parked-records");
    }

    /** Not its own: what it cannot keep must not come back to it. */
    private static String parked() {
        return Topics.listeners().stream().map(Topics::parked).collect(joining(","));
    }
}
