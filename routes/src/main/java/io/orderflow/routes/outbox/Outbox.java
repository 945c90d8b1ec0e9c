package io.orderflow.routes.outbox;

import java.util.Map;
import java.util.concurrent.Semaphore;
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
 */
public class Outbox extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String database, Map<String, Object> parameters) {
        return new Table(uri, this, database);
    }

    static class Table extends DefaultEndpoint {
        final String database;
        final Semaphore wake = new Semaphore(0);

        Table(String uri, Outbox component, String database) {
            super(uri, component);
            this.database = database;
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
