package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.parking.ParkedExamples.parked;
import static io.orderflow.routes.parking.ParkedExamples.problem;
import static io.orderflow.routes.parking.ParkedExamples.read;
import static io.orderflow.routes.parking.ParkedState.REPLAYED;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, ReplayParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ReplayParkedTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("replay-parked");
        bench.step("decide-on-parked-to-replay").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(true, parked(1, REPLAYED))));
    }

    private Message replay(String id) {
        return bench.send("", Map.of("id", id)).getMessage();
    }

    @Test
    void showsTheRecordAsItIsNow() throws IOException {
        var answer = replay(id(1).toString());

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 202),
            Map.entry("Location", "/parked/" + id(1)), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(read(answer, Parked.class)).isEqualTo(parked(1, REPLAYED));
        assertThat(bench.bodies("decide-on-parked-to-replay", Decision.class)).containsExactly(new Decision(id(1), REPLAYED, "clerk", null));
    }

    @Test
    void remembersWhoItWas() {
        bench.visitedBy(new Who("olga", true));

        replay(id(1).toString());

        assertThat(bench.bodies("decide-on-parked-to-replay", Decision.class)).extracting(Decision::by).containsExactly("olga");
    }

    @Test
    void refusesARecordThatIsDecidedOn() throws IOException {
        bench.step("decide-on-parked-to-replay").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(true, null)));

        var answer = replay(id(1).toString());

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).detail()).contains("not parked any more");
    }

    @Test
    void doesNotKnowARecordThatIsNotThere() {
        bench.step("decide-on-parked-to-replay").whenAnyExchangeReceived(answering(Decision.class, decision -> new Decided(false, null)));

        assertThat(replay(id(1).toString()).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    }

    @Test
    void knowsNothingByWhatIsNoId() {
        assertThat(replay("no such").getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("decide-on-parked-to-replay").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(replay(id(1).toString()).getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
