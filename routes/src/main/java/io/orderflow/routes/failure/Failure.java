package io.orderflow.routes.failure;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** The three kinds of failure; each is treated in its own way, and what is not surely one of the first two is the third. */
public enum Failure {
    /** Passes without anybody touching the record: a database, a broker or a network is away, a lock was lost, or our own set-up is wrong. */
    TRANSIENT,
    /** The record can never succeed. A closed list, for what is on it gets parked: unreadable, SQLSTATE 22 and 23, too large, refused. */
    PERMANENT,
    /** A bug: never a reason to park, for a bug in a rule would park every order. */
    UNKNOWN;

    /** The kind of the deepest cause that is known. */
    public static Failure of(Throwable failure) {
        var kind = UNKNOWN;
        for (var cause = failure; cause != null; cause = cause.getCause())
            if (kindOf(cause) != UNKNOWN)
                kind = kindOf(cause);
        return kind;
    }

    /** The kind of what has just gone wrong. */
    static Failure of(Exchange exchange) {
        return of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private static Failure kindOf(Throwable cause) {
        if (cause instanceof SQLException sql)
            return blamesTheData(sql) ? PERMANENT : TRANSIENT;
        if (cause instanceof RecordTooLargeException || cause instanceof SerializationException || cause instanceof Unacceptable)
            return PERMANENT;
        if (cause instanceof KafkaException || cause instanceof TimeoutException || cause instanceof RejectedExecutionException || cause instanceof InterruptedException)
            return TRANSIENT;
        return cause instanceof IOException && !(cause instanceof JacksonException) ? TRANSIENT : UNKNOWN;
    }

    /** SQLSTATE class 22 is a data exception, 23 a broken constraint; anything else, a missing table too, is not the record's fault. */
    private static boolean blamesTheData(SQLException sql) {
        var state = sql.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
