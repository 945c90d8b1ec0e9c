package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.parking.ParkedExamples.problem;
import static io.orderflow.routes.parking.ParkedExamples.read;
import static io.orderflow.routes.parking.ParkedState.REPLAYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, ReplayAllParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ReplayAllParkedTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("replay-all-parked");
        bench.step("decide-on-all-parked-to-replay").whenAnyExchangeReceived(answering(Decision.OfAll.class, all -> new Swept(12, all.dryRun() ? 0 : 12, all.dryRun())));
    }

    private Message replay(String body) {
        return bench.send(body.replace('\'', '"')).getMessage();
    }

    @Test
    void decidesOnAllOfARouteAndACauseAndTellsHowMany() throws IOException {
        var answer = replay("{'route': 'take-payment', 'cause': 'JsonParseException', 'dryRun': false, 'reason': 'mended'}");

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(read(answer, Swept.class)).isEqualTo(new Swept(12, 12, false));
        assertThat(bench.bodies("decide-on-all-parked-to-replay", Decision.OfAll.class))
            .containsExactly(new Decision.OfAll("take-payment", "JsonParseException", false, REPLAYED, "clerk", "mended", 10_000));
    }

    @Test
    void aDryRunIsOne() throws IOException {
        assertThat(read(replay("{'route': 'take-payment', 'dryRun': true, 'reason': 'looking'}"), Swept.class)).isEqualTo(new Swept(12, 0, true));

        assertThat(bench.bodies("decide-on-all-parked-to-replay", Decision.OfAll.class)).extracting(Decision.OfAll::dryRun, Decision.OfAll::cause).containsExactly(tuple(true, null));
    }

    /** Nobody decides on everything by leaving something out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'dryRun': false, 'reason': 'x'}|route", "{'route': 'take-payment', 'reason': 'x'}|dryRun",
        "{'route': 'take-payment', 'dryRun': false}|reason", "{'route': 'take-payments', 'dryRun': false, 'reason': 'x'}|route", "{'route': 'take-payment', 'dryRun': 'no', 'reason': 'x'}|dryRun",
        "{'route': 'take-payment', 'cause': '%', 'dryRun': false, 'reason': 'x'}|cause"})
    void namesTheFieldThatIsNotAsItMustBe(String body, String field) throws IOException {
        var answer = replay(body);

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Problem.Fault::field).containsExactly(field);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void knowsEveryRouteThatParks() {
        assertThat(ParkedQuery.ROUTE.split("\\|")).containsExactlyElementsOf(Topics.listeners());
        assertThat(ParkedQuery.ROUTE_RULE).isEqualTo("must be one of " + String.join(", ", Topics.listeners()));
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("decide-on-all-parked-to-replay").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(replay("{'route': 'take-payment', 'dryRun': false, 'reason': 'x'}").getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
