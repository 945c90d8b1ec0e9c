package io.orderflow.routes.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.routes.event.Contract.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/** The page about the events: what the schemas and the examples say, and who says and hears it by the routes as they run. */
class EventsPage {
    private static final Path SOURCES = Path.of("src/main/java/io/orderflow/routes");
    private static final Path PUBLISHED = Path.of("src/main/resources/events");
    static final String WRITTEN_ANEW_BY = "mvn -pl routes test -Dtest=EventsPageTest -Dorderflow.docs=write";
    private static final String HEAD = """
        # Events

        <!-- Made from the schemas, the examples and the routes; written anew by: %s -->

        Each topic carries one type of event, in JSON and UTF-8, by a [JSON Schema](https://json-schema.org/draft/2020-12) and with an example; both are
        in [`events`](../routes/src/main/resources/events) and in the jar of `routes`. The tests hold every event that is said, and every reader, against them.

        - **More than once, always the same.** A record may come again, at any time, in the same bytes and under the same `eventId`. A reader must not care; ours
          decide by orders and versions alone.
        - **Order.** The events of one order keep their order within a topic. Across topics, only `version` tells which fact is the later one.
        - **Unknown fields.** Readers ignore fields that they do not know, so fields can be added. One name is taken: a record whose `type` is that of another
          event is refused.
        - **Money** is a whole number of minor units of `currency`, never a fraction.
        - **What cannot be read** is parked alone, byte for byte, in `<route-id>.parked`, as [the flow](flow.md) tells.

        """.formatted(WRITTEN_ANEW_BY);

    private final ModelCamelContext camel;

    EventsPage(ModelCamelContext camel) {
        this.camel = camel;
    }

    String text() {
        return HEAD + table(List.of("topic", "says that", "who says it", "who hears it", "key"), Contract.all().stream().map(contract -> List.of(
            "[`" + contract.topic() + "`](#" + contract.topic().replace(".", "") + ")", when(contract), names(whoSays(contract)), names(whoHears(contract)), key(contract))))
            + "\n## Headers\n\n" + Contract.headers().path("description").asText() + "\n\n" + fields("header", Contract.fields("", JsonPointer.empty(), Contract.headers()))
            + Contract.all().stream().map(this::section).collect(joining());
    }

    /** The first sentence of the description. */
    private static String when(Contract contract) {
        return contract.schema().path("description").asText().replaceFirst("(?s)\\. .*|\\.$", "");
    }

    private Stream<RouteDefinition> whoSays(Contract contract) {
        return camel.getRouteDefinitions().stream().filter(route -> ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
            .anyMatch(to -> to.getEndpointUri().equals("kafka:" + contract.topic())));
    }

    private Stream<RouteDefinition> whoHears(Contract contract) {
        return camel.getRouteDefinitions().stream().filter(route -> route.getInput().getEndpointUri().startsWith("kafka:")
            && List.of(route.getInput().getEndpointUri().replaceFirst("kafka:", "").replaceFirst("\\?.*", "").split(",")).contains(contract.topic()));
    }

    private static String names(Stream<RouteDefinition> routes) {
        var byService = routes.collect(groupingBy(EventsPage::service, TreeMap::new, mapping(route -> code(route.getRouteId()), joining(", "))));
        return byService.isEmpty() ? "whoever wants to know"
            : byService.entrySet().stream().map(service -> service.getKey() + " (" + service.getValue() + ")").collect(joining(", "));
    }

    /** The service that a route belongs to: the package of its class. */
    static String service(RouteDefinition route) {
        var file = Arrays.stream(route.getRouteId().split("-")).map(EventsPage::capitalised).collect(joining()) + ".java";
        try (var files = Files.walk(SOURCES)) {
            return capitalised(files.filter(source -> source.endsWith(file)).findFirst().orElseThrow().getParent().getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** The field that says of itself that it is the key too. */
    private static String key(Contract contract) {
        return contract.fields().stream().filter(field -> field.schema().path("description").asText().endsWith("Also the key of the record."))
            .map(field -> code(field.name())).collect(joining());
    }

    private String section(Contract contract) {
        var files = "../routes/src/main/resources/events/" + contract.topic();
        return "\n## " + contract.topic() + "\n\n**" + contract.type().getSimpleName() + ".** " + contract.schema().path("description").asText()
            + " ([schema](" + files + ".schema.json), [example](" + files + ".example.json))\n\n"
            + fields("field", contract.fields()) + "\n```json\n" + example(contract) + "```\n";
    }

    private static String example(Contract contract) {
        try {
            return Files.readString(PUBLISHED.resolve(contract.topic() + ".example.json"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fields(String kind, List<Field> fields) {
        return table(List.of(kind, "type", "required", "meaning"), fields.stream().map(field ->
            List.of(code(field.name()), type(field.schema()), field.required() ? "yes" : "no", field.schema().path("description").asText())));
    }

    private static String type(JsonNode schema) {
        if (schema.has("const"))
            return code(schema.path("const").asText());
        if (schema.has("enum"))
            return texts(schema.path("enum")).map(EventsPage::code).collect(joining(" or "));
        if (schema.has("format"))
            return schema.path("format").asText();
        if (schema.path("type").asText().equals("array"))
            return "list of " + (schema.path("items").has("properties") ? "objects" : type(schema.path("items")).replaceFirst("string", "strings"))
                + (schema.has("minItems") ? ", at least " + schema.path("minItems") : "");
        var type = schema.path("type").isArray() ? texts(schema.path("type")).collect(joining(" or ")) : schema.path("type").asText();
        if (schema.has("minimum"))
            return type + (schema.path("maximum").asLong() == Long.MAX_VALUE ? ", %d or more".formatted(schema.path("minimum").asLong())
                : ", %d to %d".formatted(schema.path("minimum").asLong(), schema.path("maximum").asLong()));
        return schema.has("pattern") ? type + " " + code(schema.path("pattern").asText()) : type;
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String table(List<String> head, Stream<List<String>> rows) {
        return Stream.concat(Stream.of(head, head.stream().map(column -> "---").toList()), rows)
            .map(row -> row.stream().map(cell -> cell.replace("|", "\\|")).collect(joining(" | ", "| ", " |\n"))).collect(joining());
    }
}
