package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.routes.EveryRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapi4j.parser.OpenApi3Parser;
import org.springframework.beans.factory.annotation.Autowired;

@EveryRoute
class DescribeApiTest {
    @Autowired
    DescribeApi describeApi;
    @Autowired
    ModelCamelContext camel;

    private JsonNode document;

    @BeforeEach
    void describe() throws IOException {
        document = JSON.readTree(describeApi.text());
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method);
    }

    private List<String> statuses(String method, String path) {
        List<String> statuses = new ArrayList<>();
        operation(method, path).path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    private static List<String> names(JsonNode parameters, String where) {
        return StreamSupport.stream(parameters.spliterator(), false).filter(parameter -> parameter.path("in").asText().equals(where)).map(parameter -> parameter.path("name").asText()).toList();
    }

    @Test
    void theDocumentIsValidOpenApi(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("openapi.json"), describeApi.text());

        assertThatNoException().isThrownBy(() -> new OpenApi3Parser().parse(file.toFile(), true));
    }

    @Test
    void everythingThatCanBeAskedIsDescribedInTheWordsOfItsRoute() {
        var verbs = camel.getRestDefinitions().stream().flatMap(rest -> rest.getVerbs().stream().filter(verb -> !"false".equals(verb.getApiDocs())).map(verb -> {
            var operation = operation(verb.asVerb(), path(rest, verb.getPath()));
            assertThat(operation.path("operationId").asText()).isEqualTo(verb.getTo().getEndpointUri().replace("direct:", ""));
            assertThat(operation.path("summary").asText()).isNotBlank();
            return operation;
        })).toList();

        assertThat(verbs).hasSizeGreaterThan(6).doesNotHaveDuplicates();
    }

    private static String path(RestDefinition rest, String path) {
        return rest.getPath() + (path == null ? "" : path);
    }

    @Test
    void aRouteTellsWhatItTakesAndEverythingItCanAnswer() {
        assertThat(statuses("post", "/orders")).containsExactly("202", "400", "401", "403", "406", "409", "413", "415", "422", "500", "503");
        assertThat(operation("post", "/orders").path("parameters")).extracting(parameter -> parameter.path("in").asText() + " " + parameter.path("name").asText()).containsExactly("header Idempotency-Key");
        assertThat(operation("post", "/orders").path("requestBody").path("content").path("application/json").path("schema").path("$ref").asText()).endsWith("/OrderRequest");
        assertThat(operation("post", "/orders").path("responses").path("202").path("headers").has("Location")).isTrue();
        assertThat(operation("post", "/orders").path("responses").path("422").path("content").path(Problem.MEDIA_TYPE).path("schema").path("$ref").asText()).endsWith("/Problem");
        assertThat(operation("post", "/orders").path("responses").path("503").path("headers").has("Retry-After")).isTrue();
        assertThat(operation("post", "/orders/batch").path("requestBody").path("content").has(Bulk.LINES)).isTrue();
        assertThat(statuses("get", "/orders/{orderId}")).containsExactly("200", "401", "403", "404", "406", "500", "503");
        assertThat(statuses("put", "/products/{sku}")).containsExactly("200", "201", "400", "401", "403", "406", "413", "415", "500", "503");
    }

    @Test
    void aQueryTellsItsParameters() {
        assertThat(names(operation("get", "/orders").path("parameters"), "query")).containsExactly("customer", "status", "reason", "from", "to", "limit", "after");
    }

    @Test
    void aPathParameterIsNoFieldOfTheBody() {
        assertThat(names(operation("put", "/products/{sku}").path("parameters"), "path")).containsExactly("sku");
        var body = document.path("components").path("schemas").path("ProductBody");
        assertThat(body.path("properties").fieldNames()).toIterable().containsExactlyInAnyOrder("name", "currency", "price", "active");
        assertThat(body.path("required")).extracting(JsonNode::asText).containsExactlyInAnyOrder("name", "currency", "price");
    }

    @Test
    void rulesOfTheBodyAreToldAndHoldForTheWholeText() {
        var line = document.path("components").path("schemas").path("OrderRequestLine").path("properties");
        assertThat(line.path("sku").path("pattern").asText()).isEqualTo("^(?:" + Request.SKU + ")$");
        assertThat(line.path("quantity").path("maximum").asInt()).isEqualTo(1000);
    }
}
