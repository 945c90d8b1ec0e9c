package io.orderflow.routes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.EveryRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page about the events tells what is, or says how to write it anew. */
@EveryRoute
class EventsPageTest {
    private static final Path PAGE = Path.of("../docs/events.md");

    @Autowired
    ModelCamelContext camel;

    @Test
    void thePageIsWhatTheSchemasAndTheRoutesSay() throws IOException {
        var page = new EventsPage(camel).text();

        if ("write".equals(System.getProperty("orderflow.docs")))
            Files.writeString(PAGE, page, UTF_8);
        assertThat(PAGE).as("docs/events.md, which is written anew by: " + EventsPage.WRITTEN_ANEW_BY).content(UTF_8).isEqualTo(page);
    }
}
