package io.orderflow.routes.door;

import org.apache.camel.builder.RouteConfigurationBuilder;

/** What a caller gets when a step of an HTTP route fails: a problem document at once, and no retry behind the caller's back. */
public class DoorPolicy extends RouteConfigurationBuilder {
    public static final String ANSWER_WITH_A_PROBLEM = "answer-with-a-problem";

    @Override
    public void configuration() {
        routeConfiguration(ANSWER_WITH_A_PROBLEM)
            .onException(Throwable.class).id("the-request-fails")
                .handled(true)
                .bean(Answer.class, "problem").id("answer-with-the-problem")
                .marshal(Answer.json()).id("write-the-problem")
            .end();
    }
}
