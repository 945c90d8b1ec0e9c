package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import io.orderflow.routes.door.Who;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Lets a route try again what it has parked, all of it or what has one cause; a dry run tells how many that would be. */
class ReplayAllParked extends RouteBuilder {
    private final Request<Sweep> requests;
    private final ParkingPolicy policy = new ParkingPolicy();

    ReplayAllParked(Validator validator) {
        this.requests = new Request<>(Sweep.class, validator);
    }

    @Override
    public void configure() {
        from("direct:replay-all-parked")
            .routeId("replay-all-parked")
            .routeDescription("Lets a route try again what it has parked, all of it or what has one cause; a dry run tells how many that would be")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .setVariable("by", method(Who.class, "asking")).id("see-who-replays-all")
            .bean(requests, "read").id("read-which-to-replay")
            .bean(policy, "replayAll(${body}, ${variable.by})").id("decide-to-replay-all")
            .to(statement("orders/decide-on-all-parked", Swept.class)).id("decide-on-all-parked-to-replay")
            .bean(Answer.ok(Swept.class), "address").id("answer-all-replayed")
            .marshal(Answer.json()).id("write-how-many-are-replayed");
    }
}
