package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.local.ApiClient.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openapi4j.parser.model.v3.Parameter;

/** The API as its documents describe it: a client that knows nothing else gets along, and whatever is asked wrongly is answered in one way. */
class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOBODY = "0199aaaa-0000-7000-8000-000000000001";
    private static final Map<String, String> BODIES = Map.of(
        "place-order", """
            {"customer": "ann", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "KETTLE", "quantity": 1}]}""",
        "keep-product", """
            {"name": "Kettle", "currency": "EUR", "price": 3995, "active": true}""",
        "replay-all-parked", """
            {"route": "take-payment", "cause": "JsonParseException", "dryRun": true, "reason": "mended"}""",
        "discard-all-parked", """
            {"route": "take-payment", "cause": "JsonParseException", "dryRun": true, "reason": "of no use"}""",
        "discard-parked", """
            {"reason": "of no use"}""",
        "receive-stock", """
            {"id": "delivery-1", "quantity": 3, "reason": "first delivery"}""",
        "adjust-stock", """
            {"id": "count-1", "delta": -1, "reason": "one is broken"}""");
    private static final String INSIDES = "(?is).*(exception|java[.]|javax[.]|jakarta[.]|org[.]|com[.]fasterxml|io[.]orderflow|jsonb|sqlstate|\\bat [a-z.]+\\().*";

    private static Rig rig;
    private static ApiClient orders;
    private static ApiClient stock;
    private static ApiClient payments;

    @BeforeAll
    static void start() {
        rig = Rig.whole();
        orders = new ApiClient(rig.ports.order);
        stock = new ApiClient(rig.ports.inventory);
        payments = new ApiClient(rig.ports.payment);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A product is added, comes in, is ordered, runs dry and is corrected; and all of it can be read back. */
    @Test
    void aClientThatKnowsOnlyTheDocumentsRunsAShop() {
        Map<String, String> kettle = Map.of("sku", "KETTLE");
        orders.ask(404, "find-product", kettle, null);
        orders.ask(201, "keep-product", kettle, BODIES.get("keep-product"));
        orders.ask(200, "keep-product", kettle, BODIES.get("keep-product"));
        assertThat(orders.ask(200, "find-product", kettle, null).path("price").asLong()).isEqualTo(3995);
        assertThat(orders.ask(200, "find-products", Map.of("limit", "1"), null).path("items")).hasSize(1);
        stock.ask(404, "find-stock-item", kettle, null);
        stock.ask(404, "adjust-stock", kettle, BODIES.get("adjust-stock"));
        stock.ask(201, "receive-stock", kettle, BODIES.get("receive-stock"));
        stock.ask(200, "receive-stock", kettle, BODIES.get("receive-stock"));
        stock.ask(409, "receive-stock", kettle, BODIES.get("receive-stock").replace("3", "4"));

        UUID paid = UUID.fromString(orders.ask(202, "place-order", Map.of(), BODIES.get("place-order")).path("id").asText());
        rig.shop.await(paid, "PAID");
        Map<String, String> order = Map.of("orderId", paid.toString());
        assertThat(orders.ask(200, "find-order", order, null).path("total").asLong()).isEqualTo(3995);
        assertThat(stock.ask(200, "find-reservation", order, null).path("state").asText()).isEqualTo("HELD");
        assertThat(payments.ask(200, "find-payment", order, null).path("state").asText()).isEqualTo("CAPTURED");
        UUID dry = UUID.fromString(orders.ask(202, "place-order", Map.of(), BODIES.get("place-order").replace("\"quantity\": 1", "\"quantity\": 3")).path("id").asText());
        assertThat(rig.shop.await(dry, "REJECTED").path("reason").asText()).isEqualTo("OUT_OF_STOCK: KETTLE");
        assertThat(orders.ask(200, "find-orders", Map.of("customer", "ann", "reason", "OUT_OF_STOCK"), null).path("items")).extracting(found -> found.path("id").asText())
            .containsExactly(dry.toString());

        stock.ask(201, "adjust-stock", kettle, BODIES.get("adjust-stock"));
        stock.ask(409, "adjust-stock", kettle, BODIES.get("adjust-stock").replace("count-1", "count-2").replace("-1", "-2"));
        JsonNode kettles = stock.ask(200, "find-stock-item", kettle, null);
        assertThat(List.of(kettles.path("onHand").asLong(), kettles.path("reserved").asLong(), kettles.path("available").asLong())).containsExactly(2L, 1L, 1L);
        assertThat(stock.ask(200, "find-movements", kettle, null).path("items")).extracting(movement -> movement.path("delta").asLong()).containsExactly(-1L, 3L);
        assertThat(stock.ask(200, "find-stock", Map.of("limit", "500"), null).path("items")).extracting(item -> item.path("sku").asText()).contains("KETTLE");

        JsonNode results = orders.ask(200, "place-order-batch", Map.of(), "[" + BODIES.get("place-order") + ", " + BODIES.get("place-order").replace("KETTLE", "NOPE") + ", 7]").path("results");
        assertThat(results).extracting(result -> result.path("status").asInt()).containsExactly(202, 422, 400);
        orders.ask(422, "place-order", Map.of(), BODIES.get("place-order").replace("EUR", "USD"));
        Stream.of(orders).forEach(client -> client.ask(404, "find-order", Map.of("orderId", NOBODY), null));
        stock.ask(404, "find-reservation", Map.of("orderId", NOBODY), null);
        payments.ask(404, "find-payment", Map.of("orderId", NOBODY), null);

        Map<String, String> none = Map.of("id", NOBODY);
        assertThat(orders.ask(200, "find-parked-records", Map.of("state", "PARKED", "limit", "1"), null).path("items")).isEmpty();
        assertThat(orders.ask(200, "replay-all-parked", Map.of(), BODIES.get("replay-all-parked")).path("found").asInt()).isZero();
        assertThat(orders.ask(200, "discard-all-parked", Map.of(), BODIES.get("discard-all-parked")).path("found").asInt()).isZero();
        orders.ask(404, "find-parked-record", none, null);
        orders.ask(404, "replay-parked", none, null);
        orders.ask(404, "discard-parked", none, BODIES.get("discard-parked"));
    }

    /** One wrong way to ask, and what must come of it. */
    private record Wrong(String how, HttpRequest.Builder request, int status, String field) {
    }

    @TestFactory
    Stream<DynamicTest> whateverIsAskedWronglyIsAnsweredInOneWay() {
        return Stream.of(orders, stock, payments).flatMap(client -> client.questions().values().stream().flatMap(question -> wrongs(client, question)
            .map(wrong -> dynamicTest(question.operation().getOperationId() + ", " + wrong.how + ": " + wrong.status, () -> {
                HttpResponse<String> answer = ApiClient.send(wrong.request);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(wrong.status);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                JsonNode problem = ApiClient.read(answer);
                assertThat(problem.path("status").asInt()).isEqualTo(wrong.status);
                assertThat(problem.path("title").asText()).isNotBlank();
                assertThat(answer.body()).doesNotMatch(INSIDES);
                if (wrong.field != null) {
                    assertThat(problem.path("errors")).extracting(error -> error.path("field").asText()).anySatisfy(field -> assertThat(field).isEqualTo(wrong.field));
                }
                if (wrong.status != 405 && !wrong.how.equals("a path that is not text")) {
                    client.isAsDescribed(question, answer);
                }
            }))));
    }

    private static Stream<Wrong> wrongs(ApiClient client, Question question) {
        Map<String, String> path = new HashMap<>();
        List<Parameter> parameters = question.operation().getParameters() == null ? List.of() : question.operation().getParameters();
        parameters.stream().filter(parameter -> parameter.getIn().equals("path")).forEach(parameter -> path.put(parameter.getName(), parameter.getName().equals("sku") ? "KETTLE" : NOBODY));
        URI address = client.address(question, path);
        String method = question.method().toUpperCase();
        boolean takes = question.operation().getRequestBody() != null;
        Stream.Builder<Wrong> wrongs = Stream.builder();
        wrongs.add(new Wrong("another method", HttpRequest.newBuilder(address).method("PATCH", BodyPublishers.noBody()), 405, null));
        wrongs.add(new Wrong("another answer wanted", ask(address, method, takes ? body(question) : null).header("Accept", "text/xml"), 406, null));
        if (!path.isEmpty()) {
            wrongs.add(new Wrong("a path that is not text", ask(URI.create(address.toString().replace("KETTLE", "a%00b").replace(NOBODY, "a%00b")), method, takes ? body(question) : null), 400, null));
            wrongs.add(new Wrong("a path that names nothing", ask(URI.create(address.toString().replace("KETTLE", "no%20such").replace(NOBODY, "no%20such")), method, takes ? body(question) : null),
                takes ? 400 : 404, takes ? path.keySet().iterator().next() : null));
        }
        if (takes) {
            wrongBodies(client, question, address, method).forEach(wrongs::add);
        } else if (parameters.stream().anyMatch(parameter -> parameter.getIn().equals("query"))) {
            wrongs.add(new Wrong("an unknown parameter", ask(URI.create(address + "?nonsense=1"), method, null), 400, "nonsense"));
            for (String number : List.of("ten", "0", "501", "9223372036854775808", "NaN", "1.5", "")) {
                wrongs.add(new Wrong("limit=" + number, ask(URI.create(address + "?limit=" + number), method, null), 400, "limit"));
            }
            wrongs.add(new Wrong("limit twice", ask(URI.create(address + "?limit=1&limit=2"), method, null), 400, "limit"));
        }
        return wrongs.build();
    }

    private static Stream<Wrong> wrongBodies(ApiClient client, Question question, URI address, String method) {
        String good = body(question);
        Stream.Builder<Wrong> wrongs = Stream.builder();
        wrongs.add(new Wrong("another media type", HttpRequest.newBuilder(address).header("Content-Type", "text/plain").method(method, BodyPublishers.ofString(good)), 415, null));
        wrongs.add(new Wrong("no media type", HttpRequest.newBuilder(address).method(method, BodyPublishers.ofString(good)), 415, null));
        wrongs.add(new Wrong("too much", ask(address, method, good.replaceFirst("[{]", "{" + " ".repeat(5 * 1024 * 1024))), 413, null));
        for (String broken : List.of("", "{", "null", "7", good + good, "{\"a\": NaN}", "{\"a\": 1, \"a\": 2}", "[".repeat(1000) + "]".repeat(1000))) {
            wrongs.add(new Wrong("the body " + (broken.length() > 50 ? broken.substring(0, 20) + " and so on" : broken), ask(address, method, broken), 400, null));
        }
        if (json(good) instanceof ObjectNode object) {
            wrongs.add(new Wrong("an unknown field", ask(address, method, object.deepCopy().put("nonsense", 1).toString()), 400, "nonsense"));
            client.bodySchema(question).path("properties").fields().forEachRemaining(property -> {
                String field = property.getKey();
                wrongs.add(new Wrong(field + " nested deeply", ask(address, method, object.deepCopy().set(field, json("[".repeat(15) + "]".repeat(15))).toString()), 400,
                    property.getValue().path("type").asText().equals("array") ? field + "[0]" : field));
                if (property.getValue().path("type").asText().equals("integer")) {
                    for (String number : List.of("9223372036854775808", "1.5", "1e400", "\"1\"", "true")) {
                        String replaced = object.deepCopy().put(field, "@").toString().replace("\"@\"", number);
                        wrongs.add(new Wrong(field + " " + number, ask(address, method, replaced), 400, field));
                    }
                }
            });
            client.bodySchema(question).path("required").forEach(field ->
                wrongs.add(new Wrong("no " + field.asText(), ask(address, method, object.deepCopy().without(field.asText()).toString()), 400, field.asText())));
        }
        return wrongs.build();
    }

    private static String body(Question question) {
        String id = question.operation().getOperationId();
        return id.equals("place-order-batch") ? "[" + BODIES.get("place-order") + "]" : BODIES.get(id);
    }

    private static HttpRequest.Builder ask(URI address, String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        return body == null ? request.method(method, BodyPublishers.noBody()) : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    /** Whatever a service has: every question has its body in this test, so a new one is not forgotten. */
    @Test
    void everyQuestionThatTakesABodyIsAskedHere() {
        assertThat(Stream.of(orders, stock, payments).flatMap(client -> client.questions().values().stream()).filter(question -> question.operation().getRequestBody() != null)
            .map(question -> question.operation().getOperationId()).filter(id -> !id.equals("place-order-batch"))).containsExactlyInAnyOrderElementsOf(BODIES.keySet());
    }
}
