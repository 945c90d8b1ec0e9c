package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Request;
import io.orderflow.routes.door.Who;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Throws a parked record away for a reason, which is kept. */
class DiscardParked extends RouteBuilder {
    private final Request<Discard> requests;
    private final ParkingPolicy policy = new ParkingPolicy();

    DiscardParked(Validator validator) {
        this.requests = new Request<>(Discard.class, validator, "id");
    }

    @Override
    public void configure() {
        from("direct:discard-parked")
            .routeId("discard-parked")
            .routeDescription("Throws a parked record away for a reason, which is kept")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .setVariable("by", method(Who.class, "asking")).id("see-who-discards")
            .bean(requests, "read").id("read-what-to-discard")
            .bean(policy, "discard(${body}, ${variable.by})").id("decide-to-discard")
            .to(statement("orders/decide-on-parked", Decided.class)).id("decide-on-parked-to-discard")
            .bean(policy, "judge").id("judge-whether-discarded")
            .choice().id("was-the-record-discarded")
                .when(body().isInstanceOf(Parked.class)).id("the-record-is-discarded")
                    .bean(Answer.ok(Parked.class), "address").id("answer-discarded")
                    .marshal(Answer.json()).id("write-the-discarded-record")
                .otherwise().id("the-record-is-not-discarded")
                    .bean(Answer.refused(404, 409), "refuse").id("answer-not-discarded")
            .end();
    }
}
