package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Who sends a request again under the same key gets the same answer, and one order is placed. */
class IdempotencyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Rig rig;
    private static ConfigurableApplicationContext app;

    @BeforeAll
    static void start() {
        rig = Rig.bare("orders");
        app = rig.host(Service.ORDER);
        rig.stock("TEAPOT", 2_450, 0);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static String newName(String kind) {
        return kind + "-" + UUID.randomUUID();
    }

    private static String order(String customer, String sku, int quantity) {
        return """
            {"customer": "%s", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "%s", "quantity": %d}]}""".formatted(customer, sku, quantity);
    }

    private static CompletableFuture<HttpResponse<String>> send(String path, String body, String... keys) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.ports.order + path)).header("Authorization", Shop.LOGIN).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        Stream.of(keys).forEach(key -> request.header("Idempotency-Key", key));
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> place(String body, String... keys) {
        return send("/orders", body, keys).join();
    }

    private static long orders(String customer) {
        return rig.sql("orders").queryForObject("select count(*) from orders where customer = ?", Long.class, customer);
    }

    private static void isReplay(HttpResponse<String> answer, HttpResponse<String> first) {
        assertThat(answer.statusCode()).isEqualTo(first.statusCode());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void whoSendsFiftyTimesAtOnceHasOneOrderAndFiftyEqualAnswers() {
        String customer = newName("customer");
        String key = newName("key");

        var answers = IntStream.range(0, 50).mapToObj(n -> send("/orders", order(customer, "TEAPOT", 1), key)).toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.get(0).body());
        assertThat(answers).filteredOn(answer -> answer.headers().firstValue("Idempotency-Replayed").isEmpty()).hasSize(1);
        assertThat(orders(customer)).isEqualTo(1);
        assertThat(rig.sql("orders").queryForObject("select version from orders where customer = ?", Long.class, customer)).isEqualTo(1);
    }

    @Test
    void requestsThatCameTogetherUnderOneKeyAreOneOrder() throws IOException {
        String customer = newName("customer");
        String twice = order(customer, "TEAPOT", 1).replace("}]}", "}], \"key\": \"k\", \"place\": 0}");

        List<JsonNode> placements = placeTogether(twice, twice, twice.replace("\"quantity\": 1", "\"quantity\": 2"), order(customer + "-b", "TEAPOT", 1).replace("}]}", "}], \"key\": \"k\", \"place\": 0}"));

        assertThat(placements).extracting(placement -> placement.path("keyUse").asText()).containsExactly("null", "REPLAYED", "OTHER_REQUEST", "null");
        assertThat(placements.get(1).path("placed")).isEqualTo(placements.get(0).path("placed"));
        assertThat(placements.get(2).path("placed").isNull()).isTrue();
        assertThat(orders(customer)).isEqualTo(1);
        assertThat(orders(customer + "-b")).isEqualTo(1);
    }

    /** What the statement makes of orders that are in one batch for certain. */
    private static List<JsonNode> placeTogether(String... orders) throws IOException {
        String statement = Filled.statement("orders/place-orders", JSON.readTree("[" + String.join(",", orders) + "]"));
        return rig.sql("orders").query(statement, (row, n) -> placement(row.getString("placed"), row.getString("key_use")));
    }

    private static JsonNode placement(String placed, String keyUse) throws SQLException {
        try {
            return JSON.createObjectNode().put("keyUse", keyUse).set("placed", placed == null ? null : JSON.readTree(placed));
        } catch (JsonProcessingException e) {
            throw new SQLException(e);
        }
    }

    @Test
    void whoSendsAgainLaterGetsTheSameAnswerAlsoFromAnAppThatWasStartedAnew() {
        String customer = newName("customer");
        String key = newName("key");
        HttpResponse<String> first = place(order(customer, "TEAPOT", 1), key);
        assertThat(first.statusCode()).isEqualTo(202);

        isReplay(place(order(customer, "TEAPOT", 1), key), first);
        // Written in another way, and with the key as a string in quotes: it is still the same.
        isReplay(place(order(customer, "TEAPOT", 1).replace(", ", ",\n"), "\"" + key + "\""), first);
        app.close();
        app = rig.host(Service.ORDER);
        isReplay(place(order(customer, "TEAPOT", 1), key), first);
        assertThat(orders(customer)).isEqualTo(1);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws IOException {
        String customer = newName("customer");
        String key = newName("key");
        place(order(customer, "TEAPOT", 1), key);

        HttpResponse<String> other = place(order(customer, "TEAPOT", 2), key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(other.body()).path("errors").path(0).path("field").asText()).isEqualTo("Idempotency-Key");
        assertThat(orders(customer)).isEqualTo(1);
    }

    @Test
    void aKeyIsGoodForOneCustomer() {
        String key = newName("key");

        assertThat(Stream.of("ann", "bob").map(name -> place(order(newName(name), "TEAPOT", 1), key))).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Idempotency-Replayed")).isEmpty();
        });
    }

    @Test
    void anOrderThatWasRefusedStaysRefusedUnderItsKey() {
        String customer = newName("customer");
        String key = newName("key");
        String sku = newName("sku");
        HttpResponse<String> first = place(order(customer, sku, 1), key);
        assertThat(first.statusCode()).isEqualTo(422);

        rig.stock(sku, 100, 0);

        isReplay(place(order(customer, sku, 1), key), first);
        assertThat(place(order(customer, sku, 1)).statusCode()).isEqualTo(202);
    }

    /** Another instance has stored the key, and has not committed yet. */
    @Test
    void whoComesWhileAnotherInstanceServesTheKeyIsAskedToComeAgain() {
        String customer = newName("customer");
        String key = newName("key");
        CompletableFuture<HttpResponse<String>> answer;
        try (RowLock other = RowLock.on(rig, "orders", "insert into idempotency_key (key, customer, place, request) values ('" + key + "', '" + customer + "', 0, '')")) {
            answer = send("/orders", order(customer, "TEAPOT", 1), key);
            Rig.await("the statement waits for the other one").until(() -> other.waitingClients() == 1);
            other.commit();
        }

        assertThat(answer.join().statusCode()).isEqualTo(409);
        assertThat(answer.join().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(orders(customer)).isZero();
    }

    @Test
    void aBatchThatIsSentAgainIsAnsweredAsBefore() throws IOException {
        String customer = newName("customer");
        String key = newName("key");
        String batch = "[" + order(customer, "TEAPOT", 1) + ", " + order(customer, "TEAPOT", 1) + ", 7, " + order(customer, "NOPE", 1) + "]";

        HttpResponse<String> first = send("/orders/batch", batch, key).join();

        assertThat(JSON.readTree(first.body()).path("results")).extracting(result -> result.path("status").asInt()).containsExactly(202, 202, 400, 422);
        isReplay(send("/orders/batch", batch, key).join(), first);
        assertThat(orders(customer)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\" \"", "\"open", "a b", "a,b", "a\"b", "a\\b", "\"a\\b\""})
    void aKeyThatCannotBeReadIsNamed(String key) throws IOException {
        String customer = newName("customer");

        HttpResponse<String> answer = place(order(customer, "TEAPOT", 1), key);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("errors").path(0).path("field").asText()).isEqualTo("Idempotency-Key");
        assertThat(orders(customer)).isZero();
    }

    @Test
    void aKeyThatIsTooLongOrThereTwiceIsNamed() {
        assertThat(place(order("ann", "TEAPOT", 1), "k".repeat(256)).statusCode()).isEqualTo(400);
        assertThat(place(order("ann", "TEAPOT", 1), "one", "two").statusCode()).isEqualTo(400);
        assertThat(place(order(newName("ann"), "TEAPOT", 1), "k".repeat(255)).statusCode()).isEqualTo(202);
    }

    @Test
    void whatIsOldIsForgottenAndWhatIsYoungIsNot() {
        rig.sql("orders").update("insert into idempotency_key (key, customer, place, request, kept_at) select 'old', 'ann', n, '', now() - interval '49 hours' from generate_series(1, 2500) as n");
        rig.sql("orders").update("insert into idempotency_key (key, customer, place, request, kept_at) values ('young', 'ann', 0, '', now() - interval '47 hours')");

        // It looks when it starts, and then every minute.
        app.close();
        app = rig.host(Service.ORDER);

        Rig.await("old keys are forgotten").until(() -> rig.sql("orders").queryForList("select distinct key from idempotency_key where customer = 'ann' and key in ('old', 'young')", String.class)
            .equals(List.of("young")));
    }
}
