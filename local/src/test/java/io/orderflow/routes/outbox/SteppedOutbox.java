package io.orderflow.routes.outbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** The real relays, each of which takes a turn when it is told to, on the thread of whoever tells it. */
public class SteppedOutbox extends Outbox {
    private final Map<String, Supplier<Relay>> makers = new HashMap<>();
    private final Map<String, Relay> relays = new HashMap<>();
    private final Processor lastBeat;

    /** @param lastBeat what happens after a route's last step and before the relay knows that it has ended; what it throws, the relay sees */
    public SteppedOutbox(Processor lastBeat) {
        super(new SimpleMeterRegistry());
        this.lastBeat = lastBeat;
    }

    /**
     * Publishes what there is, and deletes it; false where there is nothing. Whoever does so while one is at work is another instance, and so is
     * whoever comes after one that died: it knows nothing of what was.
     */
    public boolean turn(String database, JdbcTemplate session) throws Exception {
        Relay relay = relays.containsKey(database) ? relays.remove(database) : makers.get(database).get();
        boolean something = relay.turn(session);
        relays.put(database, relay);
        return something;
    }

    /** All relays are new ones from now on. */
    public void forget() {
        relays.clear();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String database, Map<String, Object> parameters) {
        return new Table(uri, this, database) {
            @Override
            public Consumer createConsumer(Processor route) {
                makers.put(database, () -> new Relay(this, exchange -> {
                    route.process(exchange);
                    if (exchange.getException() == null) {
                        lastBeat.process(exchange);
                    }
                }, CamelContextHelper.mandatoryLookup(getCamelContext(), database, DataSource.class)));
                return new DefaultConsumer(this, route);
            }
        };
    }
}
