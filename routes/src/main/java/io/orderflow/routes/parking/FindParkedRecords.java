package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.orderflow.routes.door.Answer;
import io.orderflow.routes.door.Query;
import jakarta.validation.Validator;
import org.apache.camel.builder.RouteBuilder;

/** Shows parked records by route, cause and state, newest first, a page at a time. */
class FindParkedRecords extends RouteBuilder {
    private final Query<ParkedQuery> queries;

    FindParkedRecords(Validator validator) {
        this.queries = new Query<>(ParkedQuery.class, validator);
    }

    @Override
    public void configure() {
        from("direct:find-parked-records")
            .routeId("find-parked-records")
            .routeDescription("Shows parked records by route, cause and state, newest first, a page at a time")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(queries, "read").id("read-the-parked-query")
            .to(statement("orders/find-parked", ParkedPage.class)).id("find-parked-asked-for")
            .bean(Answer.class, "link").id("link-the-next-parked-records")
            .bean(Answer.ok(ParkedPage.class), "address").id("answer-parked-records")
            .marshal(Answer.json()).id("write-the-parked-records");
    }
}
