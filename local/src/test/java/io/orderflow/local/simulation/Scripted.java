package io.orderflow.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Components in the place of those that begin something by themselves: here a route only runs when the director says so. */
abstract class Scripted extends DefaultComponent {

    Scripted() {
        // Camel would look for the options of the component whose name this one has.
        setAutowiredEnabled(false);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return producer(this, name);
            }

            @Override
            public Consumer createConsumer(Processor route) {
                return new DefaultConsumer(this, route);
            }
        };
    }

    abstract Producer producer(Endpoint endpoint, String name);

    /** A clock that does not tick. */
    static class Timer extends Scripted {
        @Override
        Producer producer(Endpoint endpoint, String name) {
            throw new UnsupportedOperationException("Nobody sends to a clock");
        }
    }

    /** A broker that hands whatever is sent to the director. */
    static class Kafka extends Scripted {
        private final World world;

        Kafka(World world) {
            this.world = world;
        }

        @Override
        Producer producer(Endpoint endpoint, String topic) {
            return new DefaultProducer(endpoint) {
                @Override
                @SuppressWarnings("unchecked")
                public void process(Exchange exchange) {
                    world.director().send(topic, (List<Message>) exchange.getMessage().getBody(List.class));
                }
            };
        }
    }

    /** Requests that wait until the director lets them travel on together. */
    static class Gather extends Scripted {
        private final List<Waiting> waiting = new ArrayList<>();

        private record Waiting(Exchange exchange, AsyncCallback callback) {
        }

        @Override
        Producer producer(Endpoint endpoint, String name) {
            return new DefaultAsyncProducer(endpoint) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    waiting.add(new Waiting(exchange, callback));
                    return false;
                }
            };
        }

        /** Sends all that wait down the route, and each its answer. */
        void handOn(Endpoint meeting, Processor route) throws Exception {
            List<Waiting> batch = List.copyOf(waiting);
            waiting.clear();
            Exchange all = meeting.createExchange();
            all.getMessage().setBody(batch.stream().map(one -> one.exchange.getMessage().getBody()).toList());
            route.process(all);
            List<?> answers = all.getMessage().getBody(List.class);
            for (int n = 0; n < batch.size(); n++) {
                Waiting one = batch.get(n);
                if (all.getException() == null) {
                    one.exchange.getMessage().setBody(answers.get(n));
                } else {
                    one.exchange.setException(all.getException());
                }
                one.callback.done(false);
            }
        }
    }
}
