package io.orderflow.routes.event;

import static com.networknt.schema.SpecificationVersion.DRAFT_2020_12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import io.orderflow.routes.event.Contract.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published of the topics: complete, by the standard, and strict enough to be of use. */
class ContractTest {
    private static final Path PUBLISHED = Path.of("src/main/resources/events");
    /** A word that is none of these would mean nothing to a validator, and be passed over without a word. */
    private static final Set<String> WORDS = Set.of("$schema", "$comment", "title", "description", "type", "required", "additionalProperties", "properties", "items",
        "format", "pattern", "enum", "const", "minimum", "maximum", "minLength", "minItems", "maxItems", "if", "then", "else");

    static List<Contract> contracts() {
        return Contract.all();
    }

    static List<JsonNode> schemas() {
        return Stream.concat(contracts().stream().map(Contract::schema), Stream.of(Contract.headers())).toList();
    }

    private static Stream<DynamicTest> everyRequiredField(Rule rule) {
        return contracts().stream().flatMap(contract -> contract.fields().stream().filter(Field::required)
            .map(field -> dynamicTest(contract + " " + field.name(), () -> rule.check(contract, field))));
    }

    private interface Rule {
        void check(Contract contract, Field field);
    }

    @Test
    void everyTopicHasASchemaAndAnExampleAndNoneIsLeftOver() throws IOException {
        try (var files = Files.list(PUBLISHED)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("headers.schema.json"),
                Contract.topics().stream().flatMap(topic -> Stream.of(topic + ".schema.json", topic + ".example.json"))).toList());
        }
    }

    @Test
    void everyEventHasATopic() {
        assertThat(contracts().stream().<Class<?>>map(Contract::type)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(concrete(Event.class));
    }

    private static List<Class<?>> concrete(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(below -> concrete(below).stream()).toList() : List.of(type);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaIsASchema(JsonNode schema) {
        var dialect = schema.path("$schema").asText();

        assertThat(dialect).isEqualTo(DRAFT_2020_12.getDialectId());
        assertThat(Contract.faults(SchemaRegistry.withDefaultDialect(DRAFT_2020_12).getSchema(SchemaLocation.of(dialect)), schema)).isEmpty();
        assertThat(words(schema)).isSubsetOf(WORDS);
    }

    private static List<String> words(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.properties().forEach(word -> {
            words.add(word.getKey());
            if (word.getKey().equals("properties"))
                word.getValue().forEach(property -> words.addAll(words(property)));
            else if (word.getValue().isObject())
                words.addAll(words(word.getValue()));
        });
        return words;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaExplainsItselfAndEachOfItsFieldsAndForbidsNoOther(JsonNode schema) {
        assertThat(schema.path("description").asText()).matches("[A-Z].*\\.");
        assertThat(schema.path("additionalProperties").asBoolean()).isTrue();
        assertThat(Contract.fields("", JsonPointer.empty(), schema)).isNotEmpty().allSatisfy(field -> {
            assertThat(field.schema().has("type")).as("%s has a type", field.name()).isTrue();
            assertThat(field.schema().path("description").asText()).as("description of %s", field.name()).matches("(?s)[A-Z`].*\\.");
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void anExampleIsAsItsSchemaSays(Contract contract) {
        assertThat(contract.faults(contract.example())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> anExampleWithoutARequiredFieldIsNot() {
        return everyRequiredField((contract, field) -> assertThat(contract.faults(contract.without(field))).isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> anExampleWithANullIsNotUnlessItIsAllowed() {
        return everyRequiredField((contract, field) ->
            assertThat(contract.faults(contract.with(field, NullNode.instance)).isEmpty()).isEqualTo(field.mayBeNull()));
    }

    @Test
    void whatEveryEventHasIsExplainedInTheSameWordsEverywhere() {
        var first = new HashMap<String, JsonNode>();

        for (var contract : contracts())
            for (var field : contract.fields())
                if (Set.of("eventId", "orderId", "version", "occurredAt", "customer", "currency", "paymentMethod").contains(field.name()))
                    assertThat(field.schema()).as("%s of %s", field.name(), contract).isEqualTo(first.computeIfAbsent(field.name(), name -> field.schema()));
    }
}
