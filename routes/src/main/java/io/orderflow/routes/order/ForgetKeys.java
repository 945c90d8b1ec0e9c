package io.orderflow.routes.order;

import static io.orderflow.routes.batch.Statement.statement;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;

import org.apache.camel.builder.RouteBuilder;

/** Forgets the keys of requests that nobody will send again, a few at a time. */
class ForgetKeys extends RouteBuilder {
    private final OrderSettings settings;

    ForgetKeys(OrderSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure() {
        from("timer:forget-keys?period=60000")
            .routeId("forget-keys")
            .routeDescription("Forgets the keys of requests that nobody will send again, a few at a time")
            .routeConfigurationId(RETRY_THEN_LEAVE)

            .setBody(constant(OldKeys.keptFor(settings.keepKeys()))).id("set-the-age-of-keys")
            .loopDoWhile(simple("${body.some}")).id("until-no-old-key-is-left")
                .to(statement("orders/forget-old-keys", OldKeys.class)).id("forget-old-keys")
            .end();
    }
}
