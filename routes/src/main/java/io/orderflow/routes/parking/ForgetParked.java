package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import org.apache.camel.builder.RouteBuilder;

/** Forgets parked records that were decided on long ago, a few at a time. */
class ForgetParked extends RouteBuilder {
    private final ParkingSettings settings;

    ForgetParked(ParkingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure() {
        from("timer:forget-parked?period=60000")
            .routeId("forget-parked")
            .routeDescription("Forgets parked records that were decided on long ago, a few at a time")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .setBody(constant(OldParked.keptFor(settings.keepDecided()))).id("set-the-age-of-decided-records")
            .loopDoWhile(simple("${body.some}")).id("until-no-old-record-is-left")
                .to(statement("orders/forget-old-parked", OldParked.class)).id("forget-old-parked-records")
            .end();
    }
}
