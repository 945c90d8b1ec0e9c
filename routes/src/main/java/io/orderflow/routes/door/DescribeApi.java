package io.orderflow.routes.door;

import static io.orderflow.routes.door.DoorPolicy.ANSWER_WITH_A_PROBLEM;

import io.swagger.v3.core.util.Json;
import org.apache.camel.builder.RouteBuilder;

/** Shows what can be asked of this app, as OpenAPI. The page at {@code /} makes it browsable. */
class DescribeApi extends RouteBuilder {
    private final ApiDocument document;

    DescribeApi(ApiDocument document) {
        this.document = document;
    }

    /** The document as text; the library's own mapper leaves out what is not set. */
    String text() {
        return Json.pretty(document.document());
    }

    @Override
    public void configure() {
        rest("/openapi.json").get().apiDocs(false).produces("application/json").to("direct:describe-api");

        from("direct:describe-api")
            .routeId("describe-api")
            .routeDescription("Shows what can be asked of this app, as OpenAPI")
            .routeConfigurationId(ANSWER_WITH_A_PROBLEM)

            .bean(this, "text").id("describe-every-route")
            .bean(Answer.ok(String.class), "address").id("answer-the-description");
    }
}
