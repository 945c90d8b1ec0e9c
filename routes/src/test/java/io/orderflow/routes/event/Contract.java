package io.orderflow.routes.event;

import static com.networknt.schema.SpecificationVersion.DRAFT_2020_12;
import static io.orderflow.routes.batch.Json.JSON;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What is published of a topic: the schema of its events, and an example of them. */
public record Contract(String topic, JsonNode schema, JsonNode example) {
    /** By the standard a format is a remark; here it is a rule. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(DRAFT_2020_12,
        schemas -> schemas.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** A field of an event, in a list by its first element; {@code name} is as in {@code lines[].sku}. */
    public record Field(String name, JsonPointer at, JsonNode schema, boolean required) {
        public boolean mayBeNull() {
            return StreamSupport.stream(schema.path("type").spliterator(), false).anyMatch(type -> type.asText().equals("null"));
        }
    }

    /** The topics of events, as against those of a route's own. */
    public static List<String> topics() {
        return Topics.all().stream().filter(topic -> topic.matches(".+\\.v\\d+")).toList();
    }

    public static List<Contract> all() {
        return topics().stream().map(Contract::of).toList();
    }

    public static Contract of(String topic) {
        return new Contract(topic, resource(topic + ".schema.json"), resource(topic + ".example.json"));
    }

    /** The schema of the headers that every record has. */
    public static JsonNode headers() {
        return resource("headers.schema.json");
    }

    /** The type of the events: the schema is named after it. */
    @SuppressWarnings("unchecked")
    public Class<? extends Event> type() {
        try {
            return (Class<? extends Event>) Class.forName(Event.class.getPackageName() + "." + schema.path("title").asText());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The schema of " + topic + " is not named after an event", e);
        }
    }

    /** What is wrong with a value by the schema of the topic; nothing, if all is well. */
    public List<String> faults(JsonNode value) {
        return faults(schema, value);
    }

    /** What is wrong with a value by a schema; nothing, if all is well. */
    public static List<String> faults(JsonNode schema, JsonNode value) {
        return faults(SCHEMAS.getSchema(schema), value);
    }

    static List<String> faults(Schema schema, JsonNode value) {
        return schema.validate(value).stream().map(Error::toString).toList();
    }

    /** Every field that the schema knows, one inside another after it. */
    public List<Field> fields() {
        return fields("", JsonPointer.empty(), schema);
    }

    /** The fields of an object by its schema, one inside another after it. */
    public static List<Field> fields(String prefix, JsonPointer at, JsonNode schema) {
        List<Field> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            var there = at.appendProperty(property.getKey());
            var name = prefix + property.getKey();
            var required = StreamSupport.stream(schema.path("required").spliterator(), false).anyMatch(field -> field.asText().equals(property.getKey()));
            fields.add(new Field(name, there, property.getValue(), required));
            fields.addAll(fields(name + "[].", there.appendIndex(0), property.getValue().path("items")));
        });
        return fields;
    }

    /** The example without a field. */
    public JsonNode without(Field field) {
        var copy = example.deepCopy();
        ((ObjectNode) copy.at(field.at().head())).remove(field.at().last().getMatchingProperty());
        return copy;
    }

    /** The example with another value in a field. */
    public JsonNode with(Field field, JsonNode value) {
        var copy = example.deepCopy();
        ((ObjectNode) copy.at(field.at().head())).set(field.at().last().getMatchingProperty(), value);
        return copy;
    }

    private static JsonNode resource(String name) {
        try (var resource = Contract.class.getResourceAsStream("/events/" + name)) {
            if (resource == null)
                throw new IllegalStateException("There is no events/" + name);
            return JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return topic;
    }
}
