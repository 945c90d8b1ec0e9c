package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.annotation.JsonAppend;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.orderflow.routes.event.Event;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Events of one type, ready for the post: a list that Kafka sends in one flush, each event under its order's key.
 * The same event always makes the same bytes, its {@code eventId} too: a UUIDv5 of order, type and occasion.
 */
public final class Letters {
    private static final String EVENT_ID = "eventId";
    private static final NameBasedGenerator EVENT_IDS = Generators.nameBasedGenerator(UUID.fromString("6f726465-7266-5c6f-a077-000000000001"));

    private Letters() {
    }

    /** Splits a batch of events by their type; the same event twice is sent once. */
    public static <B> Expression byType(Function<B, List<? extends Event>> events) {
        return new ExpressionAdapter() {
            @Override
            @SuppressWarnings("unchecked")
            public Object evaluate(Exchange exchange) {
                return events.apply((B) exchange.getMessage().getBody()).stream().distinct()
                    .collect(Collectors.groupingBy(Event::getClass, LinkedHashMap::new,
                        Collectors.mapping(event -> (Message) new Letter(exchange.getContext(), event), Collectors.toList())))
                    .values();
            }

            @Override
            public String toString() {
                return "byType";
            }
        };
    }

    /** Tells what a list of letters carries. */
    public static Predicate are(Class<? extends Event> type) {
        return new Are(type);
    }

    /** The one id of a fact: the same whenever and by whomever the fact is told. */
    public static UUID eventId(Event event) {
        return EVENT_IDS.generate(event.orderId() + "/" + event.getClass().getSimpleName() + "/" + event.occasion());
    }

    private record Are(Class<? extends Event> type) implements Predicate {
        @Override
        public boolean matches(Exchange exchange) {
            return exchange.getMessage().getBody() instanceof List<?> letters && !letters.isEmpty()
                && letters.get(0) instanceof Letter letter && type.isInstance(letter.event);
        }

        @Override
        public String toString() {
            return "are " + type.getSimpleName();
        }
    }

    private static class Letter extends DefaultMessage {
        private static final ObjectWriter IDENTIFIED = JSON.copy().addMixIn(Event.class, Identified.class).writer();
        private final Event event;

        Letter(CamelContext context, Event event) {
            super(context);
            this.event = event;
            var id = eventId(event).toString();
            setBody(bytes(event, id));
            setHeader(KafkaConstants.KEY, event.orderId().toString().getBytes(UTF_8));
            setHeader("ce_specversion", "1.0");
            setHeader("ce_id", id);
            setHeader("ce_source", "/orderflow");
            setHeader("ce_type", event.getClass().getSimpleName());
            setHeader("ce_time", event.occurredAt().toString());
            setHeader("content-type", "application/json");
        }

        private static byte[] bytes(Event event, String id) {
            try {
                return IDENTIFIED.withAttribute(EVENT_ID, id).writeValueAsBytes(event);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Adds the event id where an event is written for the post, and only there: nobody decides by it. */
    @JsonAppend(prepend = true, attrs = @JsonAppend.Attr(EVENT_ID))
    @JsonPropertyOrder({EVENT_ID, "orderId", "version", "occurredAt"})
    private interface Identified extends Json.NamedByType {
    }
}
