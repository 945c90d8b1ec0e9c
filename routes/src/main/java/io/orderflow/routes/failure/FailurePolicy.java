package io.orderflow.routes.failure;

import static org.apache.camel.LoggingLevel.WARN;

import io.orderflow.routes.batch.Batch;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.support.ExpressionAdapter;

/**
 * What happens when a step fails: an outage is waited for, a record that can never succeed is parked alone, a bug stops the batch.
 * A batch that is given up breaks: it was not committed, so Kafka hands it over again. An error handler rather than
 * {@code onException}, so that a diagram shows the business alone.
 */
public class FailurePolicy extends RouteConfigurationBuilder {
    /** For routes that listen to Kafka. */
    public static final String RETRY_THEN_PARK = "retry-then-park";
    /** For routes that listen to a clock: nothing to park, what is not done stays in the database for the next turn. */
    public static final String RETRY_THEN_LEAVE = "retry-then-leave";
    /** For routes that listen to an outbox, which tries again by itself, and would lose its lock if it were silent for as long as a retry may last. */
    public static final String LEAVE = "leave";

    private static final int TRIES_OF_A_BUG = 3;

    private final Expression worthAnotherTry;

    /** @param patience how long all retries of one batch may last together: at most half of {@code max.poll.interval.ms} */
    public FailurePolicy(Duration patience) {
        this.worthAnotherTry = new WorthAnotherTry(patience);
    }

    @Override
    public void configuration() {
        routeConfiguration(RETRY_THEN_PARK).errorHandler(
            patient(deadLetterChannel("bean:lastResort").deadLetterHandleNewException(false)));
        routeConfiguration(RETRY_THEN_LEAVE).errorHandler(
            patient(defaultErrorHandler()));
        routeConfiguration(LEAVE).errorHandler(
            defaultErrorHandler().logExhausted(false));
    }

    private DefaultErrorHandlerDefinition patient(DefaultErrorHandlerDefinition handler) {
        return handler.retryWhile(worthAnotherTry)
            .redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(2).maximumRedeliveryDelay(2000).allowRedeliveryWhileStopping(false)
            .retryAttemptedLogLevel(WARN).retriesExhaustedLogLevel(WARN).logStackTrace(false).logExhaustedMessageHistory(false).logNewException(false);
    }

    private static class WorthAnotherTry extends ExpressionAdapter {
        private final Duration patience;

        WorthAnotherTry(Duration patience) {
            this.patience = patience;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return switch (Failure.of(exchange)) {
                case TRANSIENT -> Batch.age(exchange).compareTo(patience) < 0;
                case PERMANENT -> false;
                case UNKNOWN -> exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) < TRIES_OF_A_BUG;
            };
        }
    }
}
