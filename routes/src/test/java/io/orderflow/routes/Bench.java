package io.orderflow.routes;

import static io.orderflow.routes.batch.Json.JSON;
import static org.apache.camel.builder.AdviceWith.adviceWith;

import io.orderflow.routes.batch.TestRecords;
import io.orderflow.routes.door.Who;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ToDefinition;

/** Holds one route: with an entrance of ours in the place of its own, and a mock of the same id in the place of every step that leaves this process. */
public class Bench {
    private final ModelCamelContext camel;
    private final ProducerTemplate template;
    private final TestRecords records;
    private final List<String> journal = new ArrayList<>();
    private String route;
    private Who who;

    public Bench(ModelCamelContext camel) {
        this.camel = camel;
        this.template = camel.createProducerTemplate();
        this.records = new TestRecords(camel);
    }

    /** Starts the route if need be, and forgets whatever happened to it before. */
    public void hold(String route) throws Exception {
        this.route = route;
        this.who = new Who("clerk", true);
        if (!camel.isStarted())
            advise();
        journal.clear();
        records.reset();
        records.onCommit(commit -> journal.add("commit"));
        MockEndpoint.resetMocks(camel);
        parked().setReporter(exchange -> journal.add("park"));
    }

    private void advise() throws Exception {
        var steps = ProcessorDefinitionHelper.filterTypeInOutputs(camel.getRouteDefinition(route).getOutputs(), ToDefinition.class).stream().toList();
        adviceWith(camel, route, false, advice -> {
            advice.replaceFromWith("direct:" + route);
            for (var step : steps)
                advice.weaveById(step.getId()).replace().toV("mock:" + step.getId(), null, step.getVariableReceive()).id(step.getId());
        });
        camel.start();
        steps.forEach(step -> step(step.getId()).setReporter(exchange -> journal.add(step.getId())));
    }

    /** From now on, this is who asks. */
    public void visitedBy(Who who) {
        this.who = who;
    }

    /** Sends a batch of records down the route. */
    public Exchange receive(String topic, Object... values) {
        return send(records.batch(topic, values));
    }

    /** Sends a body down the route. */
    public Exchange send(Object body) {
        return send(body, Map.of());
    }

    public Exchange send(Object body, Map<String, Object> headers) {
        return template.send("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.setProperty(Who.PROPERTY, who);
        });
    }

    /** What broke a batch, whoever has wrapped it up since; nothing where it went through. */
    public static Throwable failure(Exchange exchange) {
        Throwable failure = exchange.getException();
        while (failure != null && failure.getCause() != null)
            failure = failure.getCause();
        return failure;
    }

    public TestRecords records() {
        return records;
    }

    /** The steps that were run, in their order; {@code park} and {@code commit} among them. */
    public List<String> journal() {
        return journal;
    }

    public MockEndpoint step(String id) {
        return camel.getEndpoint("mock:" + id, MockEndpoint.class);
    }

    public MockEndpoint parked() {
        return camel.getEndpoint("kafka:" + Topics.parked(route), MockEndpoint.class);
    }

    /** What a step was handed, each time it was run. */
    public <B> List<B> bodies(String step, Class<B> type) {
        return step(step).getExchanges().stream().map(exchange -> exchange.getMessage().getBody(type)).toList();
    }

    /** What a step has put in the post. */
    public List<Message> letters(String step) {
        return letters(step(step));
    }

    /** What has been put in the post. */
    @SuppressWarnings("unchecked")
    public static List<Message> letters(MockEndpoint post) {
        return post.getExchanges().stream().flatMap(exchange -> ((List<Message>) exchange.getMessage().getBody(List.class)).stream()).toList();
    }

    /** What a reader of the topic gets to see. */
    public <E extends Event> List<E> events(String step, Class<E> type) {
        return letters(step).stream().map(letter -> read(letter, type)).toList();
    }

    private static <E> E read(Message letter, Class<E> type) {
        try {
            return JSON.readValue(letter.getBody(byte[].class), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A step that answers what it is asked. */
    public static <Q> Processor answering(Class<Q> question, Function<Q, ?> answer) {
        return exchange -> exchange.getMessage().setBody(answer.apply(exchange.getMessage().getBody(question)));
    }

    /** A step that fails. */
    public static Processor failing(Exception failure) {
        return exchange -> {
            throw failure;
        };
    }
}
