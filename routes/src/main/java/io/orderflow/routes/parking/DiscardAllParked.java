package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import io.orderflow.routes.door.Who;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Throws away what a route has parked, all of it or what has one cause; a dry run tells how many that would be. */
class DiscardAllParked extends RouteBuilder {
    private final Request<Sweep> requests;
    private final ParkingPolicy policy = new ParkingPolicy();

    DiscardAllParked(Validator validator) {
        this.requests = new Request<>(Sweep.class, validator);
    }

    @Override
    public void configure() {
        from("direct:discard-all-parked")
            .routeId("discard-all-parked")
            .routeDescription("Throws away what a route has parked, all of it or what has one cause; a dry run tells how many that would be")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .setVariable("by", method(Who.class, "asking")).id("see-who-discards-all")
            .bean(requests, "read").id("read-which-to-discard")
            .bean(policy, "discardAll(${body}, ${variable.by})").id("decide-to-discard-all")
            .to(statement("orders/decide-on-all-parked", Swept.class)).id("decide-on-all-parked-to-discard")
            .bean(Answer.ok(Swept.class), "address").id("answer-all-discarded")
            .marshal(Answer.json()).id("write-how-many-are-discarded");
    }
}
