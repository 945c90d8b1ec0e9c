package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonAppend;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.ser.VirtualBeanPropertyWriter;
import com.fasterxml.jackson.databind.util.Annotations;
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
        private static final ObjectWriter WITH_EVENT_ID = JSON.copy().addMixIn(Event.class, Identified.class).writer();
        private final Event event;

        Letter(CamelContext context, Event event) {
            super(context);
            this.event = event;
            setBody(bytes(event));
            setHeader(KafkaConstants.KEY, event.orderId().toString().getBytes(UTF_8));
            setHeader("ce_specversion", "1.0");
            setHeader("ce_id", eventId(event).toString());
            setHeader("ce_source", "/orderflow");
            setHeader("ce_type", event.getClass().getSimpleName());
            setHeader("ce_time", event.occurredAt().toString());
            setHeader("content-type", "application/json");
        }

        private static byte[] bytes(Event event) {
            try {
                return WITH_EVENT_ID.writeValueAsBytes(event);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @JsonAppend(prepend = true, props = @JsonAppend.Prop(name = "eventId", value = EventIdWriter.class, type = UUID.class))
    @JsonPropertyOrder({"eventId", "orderId", "version", "occurredAt"})
    private interface Identified extends Json.NamedByType {
    }

    /** Adds the event id where an event is written for the post, and only there: nobody decides by it. */
    static class EventIdWriter extends VirtualBeanPropertyWriter {
        EventIdWriter() {
        }

        private EventIdWriter(BeanPropertyDefinition property, Annotations annotations, JavaType type) {
            super(property, annotations, type);
        }

        @Override
        protected Object value(Object event, JsonGenerator json, SerializerProvider provider) {
            return eventId((Event) event);
        }

        @Override
        public VirtualBeanPropertyWriter withConfig(MapperConfig<?> config, AnnotatedClass owner, BeanPropertyDefinition property, JavaType type) {
            return new EventIdWriter(property, owner.getAnnotations(), type);
        }
    }
}
