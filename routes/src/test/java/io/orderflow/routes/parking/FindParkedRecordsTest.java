package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.parking.ParkedExamples.parked;
import static io.orderflow.routes.parking.ParkedExamples.problem;
import static io.orderflow.routes.parking.ParkedExamples.read;
import static io.orderflow.routes.parking.ParkedState.PARKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
@SpringBootTest(classes = {Workbench.class, FindParkedRecords.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindParkedRecordsTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-parked-records");
        bench.step("find-parked-asked-for").whenAnyExchangeReceived(answering(ParkedQuery.class, query -> new ParkedPage(List.of(parked(1, PARKED)), null)));
    }

    private Message find(String query) {
        return bench.send("", Map.of(Exchange.HTTP_URI, "/parked", Exchange.HTTP_QUERY, query)).getMessage();
    }

    @Test
    void showsTheNewestFiftyWhereNothingIsSaid() throws IOException {
        var answer = find("");

        assertThat(bench.bodies("find-parked-asked-for", ParkedQuery.class)).containsExactly(new ParkedQuery(null, null, null, 50, new UUID(-1, -1)));
        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(read(answer, ParkedPage.class)).isEqualTo(new ParkedPage(List.of(parked(1, PARKED)), null));
    }

    @Test
    void asksForWhatIsSaidAndLinksToTheNextPageOfIt() throws IOException {
        bench.step("find-parked-asked-for").whenAnyExchangeReceived(answering(ParkedQuery.class, query -> new ParkedPage(List.of(parked(1, PARKED)), id(1).toString())));

        var answer = find("route=take-payment&cause=JsonParseException&state=PARKED&limit=7&after=" + id(3));

        assertThat(bench.bodies("find-parked-asked-for", ParkedQuery.class)).containsExactly(new ParkedQuery("take-payment", "JsonParseException", PARKED, 7, id(3)));
        assertThat(read(answer, ParkedPage.class).next()).isEqualTo("/parked?route=take-payment&cause=JsonParseException&state=PARKED&limit=7&after=" + id(1));
    }

    @ParameterizedTest
    @CsvSource({"state=LOST, state", "limit=0, limit", "limit=501, limit", "after=1, after", "route=Take%20payment, route", "cause=a%20b, cause", "reason=x, reason"})
    void namesAParameterThatIsNotAsItMustBe(String query, String parameter) throws IOException {
        var answer = find(query);

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Problem.Fault::field).containsExactly(parameter);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("find-parked-asked-for").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(find("").getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
