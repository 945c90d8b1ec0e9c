package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Who;
import org.apache.camel.builder.RouteBuilder;

/** Lets the route that parked a record try it again, and nobody else. */
class ReplayParked extends RouteBuilder {
    private final ParkedId ids = new ParkedId();
    private final ParkingPolicy policy = new ParkingPolicy();

    @Override
    public void configure() {
        from("direct:replay-parked")
            .routeId("replay-parked")
            .routeDescription("Lets the route that parked a record try it again, and nobody else")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .setVariable("by", method(Who.class, "asking")).id("see-who-replays")
            .bean(ids, "read").id("read-what-to-replay")
            .bean(policy, "replay(${body}, ${variable.by})").id("decide-to-replay")
            .to(statement("orders/decide-on-parked", Decided.class)).id("decide-on-parked-to-replay")
            .bean(policy, "judge").id("judge-whether-replayed")
            .choice().id("was-the-record-replayed")
                .when(body().isInstanceOf(Parked.class)).id("the-record-is-replayed")
                    .bean(Answer.accepted(Parked.class, parked -> "/parked/" + parked.id()), "address").id("answer-replayed")
                    .marshal(Answer.json()).id("write-the-replayed-record")
                .otherwise().id("the-record-is-not-replayed")
                    .bean(Answer.refused(404, 409), "refuse").id("answer-not-replayed")
            .end();
    }
}
