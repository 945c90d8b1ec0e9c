package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import org.apache.camel.builder.RouteBuilder;

/** Sends what is to be replayed to the route that parked it, at least once, whatever crashes in between. */
class PublishReplays extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:publish-replays?period=500")
            .routeId("publish-replays")
            .routeDescription("Sends what is to be replayed to the route that parked it, at least once, whatever crashes in between")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .setBody(constant(Replays.Turn.first())).id("set-how-many-replays-at-a-time")
            .loopDoWhile(simple("${body.some}")).id("until-no-replay-is-due")
                .to(statement("orders/pick-replays", Replays.class)).id("pick-replays-that-are-due")
                .bean(ReplayPost.class).id("post-the-replays")
                .to(statement("orders/note-replays", Replays.Turn.class)).id("note-replays-as-sent")
            .end();
    }
}
