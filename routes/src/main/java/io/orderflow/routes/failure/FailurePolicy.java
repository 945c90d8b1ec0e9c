package io.orderflow.routes.failure;

import static org.apache.camel.LoggingLevel.ERROR;
import static org.apache.camel.LoggingLevel.WARN;

import io.orderflow.routes.batch.Batch;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What happens when a step fails: an outage is waited for, a record that can never succeed is parked alone, a bug stops the batch.
 * A batch that is given up breaks: it was not committed, so Kafka hands it over again.
 */
public class FailurePolicy extends RouteConfigurationBuilder {
    /** For routes that listen to Kafka. */
    public static final String RETRY_THEN_PARK = "retry-then-park";
    /** For routes that listen to an outbox or a clock: nothing to park, what is not done stays in the database for the next turn. */
    public static final String RETRY_THEN_LEAVE = "retry-then-leave";

    private final Predicate timeIsLeft;

    /** @param patience how long all retries of one batch may last together: at most half of {@code max.poll.interval.ms} */
    public FailurePolicy(Duration patience) {
        this.timeIsLeft = new TimeIsLeft(patience);
    }

    @Override
    public void configuration() {
        routeConfiguration(RETRY_THEN_PARK)
            .onException(Throwable.class).onWhen(Failure.PERMANENT).id("a-record-can-never-succeed")
                .handled(true)
                .bean(TakeApart.class).id("take-the-batch-apart")
            .end()
            .onException(Throwable.class).onWhen(Failure.TRANSIENT).id("something-is-away")
                .retryWhile(timeIsLeft)
                .redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(2).maximumRedeliveryDelay(2000)
                .retryAttemptedLogLevel(WARN).retriesExhaustedLogLevel(WARN).logStackTrace(false).logExhaustedMessageHistory(false)
            .end()
            .onException(Throwable.class).id("a-bug-shows")
                .maximumRedeliveries(3)
                .redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(3)
                .retryAttemptedLogLevel(WARN).retriesExhaustedLogLevel(ERROR).logExhaustedMessageHistory(false)
            .end();

        routeConfiguration(RETRY_THEN_LEAVE)
            .onException(Throwable.class).onWhen(Failure.TRANSIENT).id("something-is-away-for-now")
                .retryWhile(timeIsLeft)
                .redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(2).maximumRedeliveryDelay(2000)
                .retryAttemptedLogLevel(WARN).retriesExhaustedLogLevel(WARN).logStackTrace(false).logExhaustedMessageHistory(false)
            .end();
    }

    private record TimeIsLeft(Duration patience) implements Predicate {
        @Override
        public boolean matches(Exchange exchange) {
            return Batch.age(exchange).compareTo(patience) < 0;
        }
    }
}
