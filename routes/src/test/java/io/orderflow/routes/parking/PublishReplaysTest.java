package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.Bench.letters;
import static io.orderflow.routes.event.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.parking.Replays.Outcome;
import io.orderflow.routes.parking.Replays.Replay;
import io.orderflow.routes.parking.Replays.Sent;
import io.orderflow.routes.parking.Replays.Turn;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, PublishReplays.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PublishReplaysTest {
    @Autowired
    Bench bench;
    @Autowired
    ModelCamelContext camel;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("publish-replays");
        bench.step("note-replays-as-sent").whenAnyExchangeReceived(answering(Sent.class, sent -> new Turn(sent.most(), sent.told().size())));
    }

    private MockEndpoint replayTopic(String route) {
        return camel.getEndpoint("kafka:" + route + ".replay", MockEndpoint.class);
    }

    private void due(List<Replay> first, List<Replay> then) {
        bench.step("pick-replays-that-are-due").whenAnyExchangeReceived(answering(Turn.class, turn -> new Replays(turn.most(), then)));
        bench.step("pick-replays-that-are-due").whenExchangeReceived(1, answering(Turn.class, turn -> new Replays(turn.most(), first)));
    }

    private static Replay replay(int n, String route) {
        return new Replay(id(n), route, new byte[] {(byte) n}, new byte[] {-1, (byte) n});
    }

    @Test
    void sendsTheSameBytesUnderTheSameKeyToTheRouteThatParkedThemAndThenNotesIt() {
        due(List.of(replay(1, "take-payment"), replay(2, "reject-order")), List.of());

        assertThat(failure(bench.send(null))).isNull();

        assertThat(letters(replayTopic("take-payment"))).singleElement().satisfies(letter -> {
            assertThat(letter.getBody(byte[].class)).containsExactly(-1, 1);
            assertThat(letter.getHeaders()).containsOnlyKeys(KafkaConstants.KEY);
            assertThat(letter.getHeader(KafkaConstants.KEY, byte[].class)).containsExactly(1);
        });
        assertThat(letters(replayTopic("reject-order"))).hasSize(1);
        assertThat(bench.bodies("note-replays-as-sent", Sent.class)).containsExactly(new Sent(20, List.of(new Outcome(id(1), null), new Outcome(id(2), null))));
        assertThat(bench.journal()).containsExactly("pick-replays-that-are-due", "note-replays-as-sent");
    }

    @Test
    void goesOnAsLongAsThereMayBeMore() {
        due(IntStream.range(0, 20).mapToObj(n -> replay(n, "take-payment")).toList(), List.of(replay(20, "take-payment")));

        assertThat(failure(bench.send(null))).isNull();

        assertThat(letters(replayTopic("take-payment"))).hasSize(21);
        assertThat(bench.bodies("note-replays-as-sent", Sent.class)).hasSize(2);
    }

    @Test
    void whatTheBrokerWillNeverTakeHoldsUpNobody() {
        replayTopic("take-payment").whenExchangeReceived(1, failing(new RecordTooLargeException("too large")));
        due(List.of(replay(1, "take-payment"), replay(2, "take-payment"), replay(3, "no-such-route")), List.of());

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("note-replays-as-sent", Sent.class).get(0).told()).extracting(Outcome::id, outcome -> outcome.refused() != null)
            .containsExactly(tuple(id(1), true), tuple(id(2), false), tuple(id(3), true));
    }

    @Test
    void tellsWhatWasSentBeforeAnOutageAndLeavesTheRest() {
        replayTopic("take-payment").whenExchangeReceived(2, failing(new TimeoutException("no broker")));
        due(List.of(replay(1, "take-payment"), replay(2, "take-payment"), replay(3, "take-payment")), List.of());

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("note-replays-as-sent", Sent.class)).containsExactly(new Sent(20, List.of(new Outcome(id(1), null))));
    }

    @Test
    void notesNothingThatWasNotSent() {
        replayTopic("take-payment").whenAnyExchangeReceived(failing(new TimeoutException("no broker")));
        due(List.of(replay(1, "take-payment")), List.of());

        assertThat(failure(bench.send(null))).isInstanceOf(TimeoutException.class);

        assertThat(bench.journal()).doesNotContain("note-replays-as-sent");
    }

    @Test
    void whatCannotBeNotedIsLeftToBeSentOnceMore() {
        bench.step("note-replays-as-sent").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));
        due(List.of(replay(1, "take-payment")), List.of());

        assertThat(failure(bench.send(null))).isInstanceOf(SQLException.class);

        assertThat(letters(replayTopic("take-payment"))).hasSize(1);
    }
}
