package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommitTest {
    private static final TopicPartition FIRST = new TopicPartition("order.created.v1", 0);
    private static final TopicPartition SECOND = new TopicPartition("order.created.v1", 1);
    private static final TopicPartition REPLAY = new TopicPartition("reserve-inventory.replay", 0);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final TestRecords records = new TestRecords(camel);

    @Test
    void commitsTheLastRecordOfEveryPartitionInOneCall() {
        Commit.commit(List.of(
            records.record(FIRST.topic(), 0, "a"), records.record(SECOND.topic(), 1, "b"), records.record(FIRST.topic(), 0, "c"),
            records.record(REPLAY.topic(), 0, "d"), records.record(FIRST.topic(), 0, "e")));

        assertThat(records.commits()).containsExactly(Map.of(FIRST, 3L, SECOND, 1L, REPLAY, 1L));
    }

    @Test
    void commitsWhatWasReceivedWhateverTheBodyHasBecome() {
        var batch = new DefaultExchange(camel);
        batch.getMessage().setBody(List.of(records.record(FIRST.topic(), 0, "a"), records.record(FIRST.topic(), 0, "b")));
        Batch.received(batch);
        batch.getMessage().setBody(List.of());

        Commit.commit(batch);

        assertThat(records.commits()).containsExactly(Map.of(FIRST, 2L));
    }

    @Test
    void leavesOutThePartitionsThatWereTakenAwayMeanwhile() {
        var batch = List.of(records.record(FIRST.topic(), 0, "a"), records.record(SECOND.topic(), 1, "b"));
        records.revoke(FIRST);

        Commit.commit(batch);

        assertThat(records.commits()).containsExactly(Map.of(SECOND, 1L));
    }

    @Test
    void commitsNothingWhenEveryPartitionWasTakenAway() {
        var batch = List.of(records.record(FIRST.topic(), 0, "a"), records.record(SECOND.topic(), 1, "b"));
        records.revoke(FIRST, SECOND);

        Commit.commit(batch);

        assertThat(records.commits()).isEmpty();
    }

    static Stream<RuntimeException> refusals() {
        return Stream.of(new CommitFailedException("The group has rebalanced"), new RebalanceInProgressException("The group is rebalancing"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusedCommitIsNoFailureForTheRecordsComeAgain(RuntimeException refusal) {
        var batch = List.of(records.record(FIRST.topic(), 0, "a"));
        records.onCommit(commit -> {
            throw refusal;
        });

        Commit.commit(batch);

        assertThat(records.commits()).isEmpty();
    }

    @Test
    void aCommitThatTheBrokerDoesNotAnswerIsAFailure() {
        var batch = List.of(records.record(FIRST.topic(), 0, "a"));
        records.onCommit(commit -> {
            throw new TimeoutException("The broker is away");
        });

        assertThatThrownBy(() -> Commit.commit(batch)).isInstanceOf(TimeoutException.class);
    }
}
