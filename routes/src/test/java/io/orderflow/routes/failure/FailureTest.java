package io.orderflow.routes.failure;

import static io.orderflow.routes.failure.Failure.PERMANENT;
import static io.orderflow.routes.failure.Failure.TRANSIENT;
import static io.orderflow.routes.failure.Failure.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class FailureTest {

    @ParameterizedTest(name = "{0} ({2}) is {1}")
    @CsvSource({
        "08000, TRANSIENT, connection exception",
        "08001, TRANSIENT, unable to connect",
        "08006, TRANSIENT, connection failure",
        "22001, PERMANENT, string too long",
        "22003, PERMANENT, number out of range",
        "22021, PERMANENT, character not in repertoire",
        "22P02, PERMANENT, invalid text representation",
        "22P05, PERMANENT, untranslatable character",
        "23502, PERMANENT, not null violation",
        "23503, PERMANENT, foreign key violation",
        "23505, PERMANENT, unique violation",
        "23514, PERMANENT, check violation",
        "25006, TRANSIENT, read-only transaction after a switch-over",
        "28P01, TRANSIENT, invalid password",
        "3D000, TRANSIENT, no such database",
        "40001, TRANSIENT, serialization failure",
        "40P01, TRANSIENT, deadlock",
        "42601, TRANSIENT, our own syntax error",
        "42501, TRANSIENT, our own missing privilege",
        "42P01, TRANSIENT, our own missing table",
        "53100, TRANSIENT, disk full",
        "53300, TRANSIENT, too many connections",
        "55P03, TRANSIENT, lock not available",
        "57014, TRANSIENT, query cancelled",
        "57P01, TRANSIENT, admin shutdown",
        "57P02, TRANSIENT, crash shutdown",
        "57P03, TRANSIENT, cannot connect now",
        "58030, TRANSIENT, I/O error",
        "XX000, TRANSIENT, internal error",
        ", TRANSIENT, no state at all"})
    void knowsAFailureOfTheDatabaseByItsState(String state, Failure kind, String meaning) {
        assertThat(Failure.of(new SQLException(meaning, state))).isEqualTo(kind);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
            arguments(new SQLTransientConnectionException("orders - Connection is not available"), TRANSIENT),
            arguments(new CannotGetJdbcConnectionException("away", new SQLException("away", "08001")), TRANSIENT),
            arguments(new DataIntegrityViolationException("check", new SQLException("check", "23514")), PERMANENT),
            arguments(new org.apache.kafka.common.errors.TimeoutException("no acknowledgement"), TRANSIENT),
            arguments(new NotLeaderOrFollowerException("moved"), TRANSIENT),
            arguments(new DisconnectException("gone"), TRANSIENT),
            arguments(new UnknownTopicOrPartitionException("our own missing topic"), TRANSIENT),
            arguments(new AuthorizationException("our own missing right"), TRANSIENT),
            arguments(new InterruptException("shutting down"), TRANSIENT),
            arguments(new RecordTooLargeException("1 MB"), PERMANENT),
            arguments(new SerializationException("no bytes"), PERMANENT),
            arguments(new Unacceptable("There is no such order"), PERMANENT),
            arguments(new SocketTimeoutException("Read timed out"), TRANSIENT),
            arguments(new IOException("Broken pipe"), TRANSIENT),
            arguments(new TimeoutException("no answer"), TRANSIENT),
            arguments(new RejectedExecutionException("Too many are waiting"), TRANSIENT),
            arguments(new InterruptedException("shutting down"), TRANSIENT),
            arguments(new JsonParseException(null, "an answer of our own that we cannot read"), UNKNOWN),
            arguments(new UncheckedIOException(new JsonParseException(null, "an event of our own that we cannot write")), UNKNOWN),
            arguments(new ClassCastException("Integer cannot be cast to Long"), UNKNOWN),
            arguments(new NullPointerException(), UNKNOWN),
            arguments(new ArithmeticException("long overflow"), UNKNOWN),
            arguments(new IllegalStateException("more than 1000 passes"), UNKNOWN),
            arguments(new IllegalArgumentException("a bug"), UNKNOWN),
            arguments(new StackOverflowError(), UNKNOWN));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("failures")
    void knowsAFailureByItsType(Throwable failure, Failure kind) {
        assertThat(Failure.of(failure)).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0}, wrapped up, is {1}")
    @MethodSource("failures")
    void knowsAFailureThatIsWrappedUp(Throwable failure, Failure kind) {
        assertThat(Failure.of(new CamelExecutionException("in a route", null, new ExecutionException(failure)))).isEqualTo(kind);
    }

    @Test
    void doesNotKnowWhatIsNoFailure() {
        assertThat(Failure.of((Throwable) null)).isEqualTo(UNKNOWN);
    }
}
