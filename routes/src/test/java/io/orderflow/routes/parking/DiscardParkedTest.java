package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.parking.ParkedExamples.parked;
import static io.orderflow.routes.parking.ParkedExamples.problem;
import static io.orderflow.routes.parking.ParkedExamples.read;
import static io.orderflow.routes.parking.ParkedState.DISCARDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Who;
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
@SpringBootTest(classes = {Workbench.class, DiscardParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class DiscardParkedTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("discard-parked");
        bench.step("decide-on-parked-to-discard").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(true, parked(1, DISCARDED))));
    }

    private Message discard(String id) {
        return bench.send("{\"reason\": \"a test order\"}", Map.of("id", id)).getMessage();
    }

    @Test
    void showsTheRecordAsItIsNow() throws IOException {
        var answer = discard(id(1).toString());

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(read(answer, Parked.class)).isEqualTo(parked(1, DISCARDED));
        assertThat(bench.bodies("decide-on-parked-to-discard", Decision.class)).containsExactly(new Decision(id(1), DISCARDED, "clerk", "a test order"));
    }

    @Test
    void remembersWhoItWas() {
        bench.visitedBy(new Who("olga", true));

        discard(id(1).toString());

        assertThat(bench.bodies("decide-on-parked-to-discard", Decision.class)).extracting(Decision::by).containsExactly("olga");
    }

    @Test
    void refusesARecordThatIsDecidedOn() throws IOException {
        bench.step("decide-on-parked-to-discard").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(true, null)));

        var answer = discard(id(1).toString());

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).detail()).contains("not parked any more");
    }

    @Test
    void doesNotKnowARecordThatIsNotThere() {
        bench.step("decide-on-parked-to-discard").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(false, null)));

        assertThat(discard(id(1).toString()).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}|reason", "{'reason': ' '}|reason", "{'reason': 7}|reason", "{'reason': 'x', 'id': '1'}|id", "{'reason': 'x', 'by': 'me'}|by"})
    void namesTheFieldThatIsNotAsItMustBe(String body, String field) throws IOException {
        var answer = bench.send(body.replace('\'', '"'), Map.of("id", id(1).toString())).getMessage();

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Problem.Fault::field).containsExactly(field);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("decide-on-parked-to-discard").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(discard(id(1).toString()).getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
