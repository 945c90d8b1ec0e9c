package io.orderflow.routes.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleSupplier;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code from("outbox:orders")} hands over the events that statements have left in the table {@code outbox} of the database
 * {@code orders}, as a {@code List<Event>} in the order they were written, and deletes them when the route has ended well.
 * {@code to("outbox:orders")} wakes it.
 *
 * <p>The gauge {@code orderflow.outbox.age} tells for how many seconds the oldest event that is not published has been there: 0 where there
 * is none, and not a number at an instance whose relay waits for another.
 */
public class Outbox extends DefaultComponent {
    private final MeterRegistry meters;

    public Outbox(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String database, Map<String, Object> parameters) {
        return new Table(uri, this, database);
    }

    static class Table extends DefaultEndpoint {
        final String database;
        final Semaphore wake = new Semaphore(0);
        private volatile DoubleSupplier age = () -> Double.NaN;

        Table(String uri, Outbox component, String database) {
            super(uri, component);
            this.database = database;
            Gauge.builder("orderflow.outbox.age", () -> age.getAsDouble()).baseUnit("seconds").tag("database", database).description("For how long the oldest event that is not published has been there").register(component.meters);
        }

        void hasUnpublishedSince(Instant stored) {
            age = () -> Math.max(0, Duration.between(stored, Instant.now()).toMillis() / 1_000.0);
        }

        void hasNothingUnpublished() {
            age = () -> 0;
        }

        void isLookedAfterElsewhere() {
            age = () -> Double.NaN;
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new Relay(this, processor, CamelContextHelper.mandatoryLookup(getCamelContext(), database, DataSource.class));
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    wake.release();
                }
            };
        }
    }
}
