package io.orderflow.routes.event;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.routes.EveryRoute;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.batch.TestRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever hears a topic understands what its schema allows: the reader of each route, as it runs. */
@EveryRoute
class ConsumersTest {
    private static final List<String> JUNK = List.of("null", "true", "0", "1", "-1", "1.5", "9223372036854775807", "9223372036854775808", "\"\"", "\"1\"", "\"nonsense\"",
        "\"EUR\"", "\"OUT_OF_STOCK\"", "\"ORDER_CANCELLED\"", "\"CAPTURED\"", "\"DECLINED\"", "\"PAID\"",
        "\"2026-11-23\"", "\"2026-11-23T20:11:02+01:00\"", "\"2026-11-23T19:11:02Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "[]", "{}", "[null]", "[\"MUG-CAMEL\"]", "[{}]");

    @Autowired
    ModelCamelContext camel;

    private record Reader(Contract contract, String name, Records<?> records) {
    }

    private interface Rule {
        void check(Reader reader) throws Exception;
    }

    /** The first beat of every route that hears the topic; where none does, what such a route would begin with. */
    private Stream<Reader> readers(Contract contract) {
        var routes = camel.getRouteDefinitions().stream().filter(route -> route.getInput().getEndpointUri().startsWith("kafka:" + contract.topic() + ","))
            .map(route -> new Reader(contract, route.getRouteId(), (Records<?>) ((BeanDefinition) route.getOutputs().get(0)).getBean())).toList();
        return routes.isEmpty() ? Stream.of(new Reader(contract, "whoever wants to know", new Records<>(contract.type()))) : routes.stream();
    }

    private Stream<DynamicTest> everyReader(Rule rule) {
        return Contract.all().stream().flatMap(this::readers).map(reader -> dynamicTest(reader.contract + " by " + reader.name, () -> rule.check(reader)));
    }

    /** What a route makes of a record; nothing where it parks it. */
    private List<Event> read(Reader reader, JsonNode value) {
        var batch = new DefaultExchange(camel);
        batch.getMessage().setBody(new TestRecords(camel).batch(reader.contract.topic(), value.toString()));
        return reader.records.read(batch).stream().map(Event.class::cast).toList();
    }

    @Test
    void everyRouteThatListensReadsATopicThatIsPublished() {
        assertThat(Contract.all().stream().flatMap(this::readers).map(Reader::name)).contains(camel.getRouteDefinitions().stream()
            .filter(route -> route.getInput().getEndpointUri().startsWith("kafka:")).map(route -> route.getRouteId())
            .filter(route -> !route.equals("collect-parked")).toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> understandsTheExampleAndWouldTellItInTheSameWords() {
        return everyReader(reader -> assertThat(read(reader, reader.contract.example())).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(reader.contract.type());
            assertThat(new TestRecords(camel).letter(event).getBody(byte[].class)).asString(UTF_8).isEqualTo(reader.contract.example().toString());
        }));
    }

    @TestFactory
    Stream<DynamicTest> understandsItTheSameWithFieldsThatItDoesNotKnow() {
        return everyReader(reader -> {
            var later = added(reader.contract.example());

            assertThat(reader.contract.faults(later)).isEmpty();
            assertThat(read(reader, later)).isNotEmpty().isEqualTo(read(reader, reader.contract.example()));
        });
    }

    @TestFactory
    Stream<DynamicTest> understandsItTheSameInWhateverOrderItsFieldsCome() {
        return everyReader(reader -> {
            var reordered = reversed(reader.contract.example());

            assertThat(reordered.toString()).isNotEqualTo(reader.contract.example().toString());
            assertThat(read(reader, reordered)).isNotEmpty().isEqualTo(read(reader, reader.contract.example()));
        });
    }

    @TestFactory
    Stream<DynamicTest> parksAnEventThatSaysItIsAnother() {
        return everyReader(reader -> {
            var example = reader.contract.example().<ObjectNode>deepCopy();

            assertThat(read(reader, example.put("type", reader.contract.type().getSimpleName()))).hasSize(1);
            assertThat(read(reader, example.put("type", "SomethingElse"))).isEmpty();
        });
    }

    /** Nobody decides by the event id, and a reason may be wanting. */
    @TestFactory
    Stream<DynamicTest> parksWhatLacksAFieldThatItCannotDoWithout() {
        return everyReader(reader -> assertThat(reader.contract.fields()).allSatisfy(field ->
            assertThat(read(reader, reader.contract.without(field)).isEmpty()).as("parks it without %s", field.name())
                .isEqualTo(!field.name().equals("eventId") && !field.mayBeNull())));
    }

    @TestFactory
    Stream<DynamicTest> parksNothingThatTheSchemaAllows() {
        return everyReader(reader -> {
            var allowed = new ArrayList<JsonNode>();
            for (var field : reader.contract.fields()) {
                allowed.add(reader.contract.without(field));
                for (var junk : JUNK)
                    allowed.add(reader.contract.with(field, JSON.readTree(junk)));
            }
            allowed.removeIf(value -> !reader.contract.faults(value).isEmpty());

            assertThat(allowed).hasSizeGreaterThan(5).allSatisfy(value -> assertThat(read(reader, value)).hasSize(1));
        });
    }

    private static JsonNode added(JsonNode node) {
        if (node instanceof ArrayNode list)
            return JSON.createArrayNode().addAll(list.valueStream().map(ConsumersTest::added).toList());
        if (!(node instanceof ObjectNode object))
            return node;
        var more = JSON.createObjectNode();
        more.putObject("addedLater").putArray("deep").add(1).addNull().addObject().put("orderId", "none");
        object.properties().forEach(field -> more.set(field.getKey(), added(field.getValue())));
        return more.put("addedLast", true);
    }

    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ArrayNode list)
            return JSON.createArrayNode().addAll(list.valueStream().map(ConsumersTest::reversed).toList());
        if (!(node instanceof ObjectNode object))
            return node;
        var fields = new ArrayList<>(object.properties());
        Collections.reverse(fields);
        var reversed = JSON.createObjectNode();
        fields.forEach((Map.Entry<String, JsonNode> field) -> reversed.set(field.getKey(), reversed(field.getValue())));
        return reversed;
    }
}
