package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import org.apache.camel.builder.RouteBuilder;

/** Shows a parked record with its bytes, its headers, what went wrong, and who did what about it. */
class FindParkedRecord extends RouteBuilder {
    private final ParkedId ids = new ParkedId();

    @Override
    public void configure() {
        from("direct:find-parked-record")
            .routeId("find-parked-record")
            .routeDescription("Shows a parked record with its bytes, its headers, what went wrong, and who did what about it")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(ids, "read").id("read-the-id-of-the-parked-record")
            .to(statement("orders/look-up-parked", StoredRecord.class)).id("look-up-parked-record")
            .choice().id("is-there-such-a-parked-record")
                .when(body().isNull()).id("there-is-no-such-parked-record")
                    .bean(Answer.nothing(ParkingPolicy.NO_SUCH_RECORD), "refuse").id("answer-no-parked-record")
                .otherwise().id("there-is-such-a-parked-record")
                    .transform().body(StoredRecord.class, StoredRecord::shown).id("show-its-bytes-as-text")
                    .bean(Answer.ok(ParkedRecord.class), "address").id("answer-the-parked-record")
                    .marshal(Answer.json()).id("write-the-parked-record")
            .end();
    }
}
