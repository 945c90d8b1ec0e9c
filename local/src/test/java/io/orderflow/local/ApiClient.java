package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.openapi4j.core.exception.EncodeException;
import org.openapi4j.core.exception.ResolutionException;
import org.openapi4j.core.validation.ValidationException;
import org.openapi4j.operation.validator.model.impl.Body;
import org.openapi4j.operation.validator.model.impl.DefaultResponse;
import org.openapi4j.operation.validator.validation.RequestValidator;
import org.openapi4j.parser.OpenApi3Parser;
import org.openapi4j.parser.model.v3.OpenApi3;
import org.openapi4j.parser.model.v3.Operation;

/** A client that knows of an app only what its OpenAPI document says, and holds every answer against it. */
class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String server;
    final OpenApi3 api;

    ApiClient(int port) {
        server = "http://127.0.0.1:" + port;
        api = document();
    }

    private OpenApi3 document() {
        try {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(server + "/openapi.json")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            var file = Files.writeString(Files.createTempFile("openapi", ".json"), answer.body());
            try {
                return new OpenApi3Parser().parse(file.toFile(), true);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ResolutionException | ValidationException e) {
            throw new IllegalStateException("The document cannot be had, or is not OpenAPI", e);
        }
    }

    /** What can be asked, by its id, and where. */
    record Question(String path, String method, Operation operation) {
    }

    /** Everything that can be asked. */
    Map<String, Question> questions() {
        Map<String, Question> questions = new TreeMap<>();
        api.getPaths().forEach((path, item) -> item.getOperations().forEach((method, operation) -> questions.put(operation.getOperationId(), new Question(path, method, operation))));
        return questions;
    }

    /** Asks, gets this status, and finds the answer to be as described. */
    JsonNode ask(int status, String operationId, Map<String, String> parameters, Object body) {
        Question question = questions().get(operationId);
        assertThat(question).as("operation %s", operationId).isNotNull();
        HttpRequest.Builder request = HttpRequest.newBuilder(address(question, parameters));
        if (body == null) {
            request.method(question.method().toUpperCase(), BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(question.method().toUpperCase(), BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as("status of %s %s: %s", operationId, parameters, answer.body()).isEqualTo(status);
        isAsDescribed(question, answer);
        return read(answer);
    }

    URI address(Question question, Map<String, String> parameters) {
        String path = question.path();
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        for (var parameter : parameters.entrySet()) {
            String value = URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
            if (path.contains("{" + parameter.getKey() + "}")) {
                path = path.replace("{" + parameter.getKey() + "}", value);
            } else {
                query.add(parameter.getKey() + "=" + value);
            }
        }
        return URI.create(server + path + query);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        return sendAsNobody(request.setHeader("Authorization", Shop.LOGIN));
    }

    static HttpResponse<String> sendAsNobody(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Holds status, media type and body of an answer against the document. */
    void isAsDescribed(Question question, HttpResponse<String> answer) {
        assertThat(question.operation().getResponses()).as("answers of %s", question.operation().getOperationId()).containsKey(Integer.toString(answer.statusCode()));
        var found = new DefaultResponse.Builder(answer.statusCode()).header("Content-Type", answer.headers().firstValue("Content-Type").orElseThrow())
            .body(Body.from(read(answer))).build();
        try {
            new RequestValidator(api).validate(found, api.getPathItemByOperationId(question.operation().getOperationId()), question.operation());
        } catch (ValidationException e) {
            throw new AssertionError(question.operation().getOperationId() + " answers other than described: " + e + "\n" + answer.body(), e);
        }
    }

    static JsonNode read(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of the JSON body that a question takes, references resolved. */
    JsonNode bodySchema(Question question) {
        try {
            var schema = question.operation().getRequestBody().getContentMediaType("application/json").getSchema();
            return JSON.valueToTree(schema.getReference(api.getContext()) == null ? schema.toNode() : schema.getReference(api.getContext()).getContent());
        } catch (EncodeException e) {
            throw new IllegalStateException(e);
        }
    }
}
