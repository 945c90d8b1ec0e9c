package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.local.Caller.Told;
import io.orderflow.routes.event.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a step puts aside is kept byte for byte, and an operator decides once what becomes of it. */
class ParkingDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REJECT = "reject-order";
    private static final String UPDATE = "update-order-payment";

    private static Rig rig;
    private static AppProcess app;
    private static Caller operator;

    @BeforeAll
    static void start() {
        rig = Rig.bare("orders");
        rig.broker.create(List.of("evil"));
        app = rig.launch(Service.ORDER).awaitReady();
        operator = new Caller(rig.port(Service.ORDER));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static void killAnd(Runnable then) {
        app.kill();
        then.run();
        app = rig.launch(Service.ORDER).awaitReady();
    }

    private static byte[] key(UUID order) {
        return order.toString().getBytes(UTF_8);
    }

    /** Sends what a route can never use, and waits until the desk has it. */
    private static JsonNode poison(String route, UUID order, byte[] payload) {
        rig.bus().send(List.of(new ProducerRecord<>(Bus.LISTENS.get(route), 3, key(order), payload)));
        return collected(order, 1).get(0);
    }

    /** What the desk has under an order's key, oldest first, once there is so much of it. */
    private static List<JsonNode> collected(UUID order, int count) {
        Rig.await(count + " record(s) of " + order + " are at the desk").untilAsserted(() -> assertThat(ids(order)).hasSize(count));
        return ids(order).stream().map(id -> operator.read("/parked/" + id)).toList();
    }

    private static List<String> ids(UUID order) {
        return rig.sql("orders").queryForList("select id from parked where key = ? order by id", String.class, (Object) key(order));
    }

    private static byte[] bytes(JsonNode shown) {
        return Base64.getDecoder().decode(shown.path("base64").asText());
    }

    private static String header(JsonNode record, String name) {
        for (JsonNode header : record.path("headers")) {
            if (header.path("name").asText().equals(name)) {
                return header.path("value").path("text").asText();
            }
        }
        return null;
    }

    private static List<ConsumerRecord<byte[], byte[]>> replayed(String route, UUID order) {
        return rig.bus().about(order, Topics.replay(route));
    }

    private static List<String> trail(JsonNode record) {
        return record.path("trail").findValuesAsText("what");
    }

    private static String path(JsonNode record) {
        return "/parked/" + record.path("id").asText();
    }

    private static Told replay(JsonNode record) {
        return operator.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port(Service.ORDER) + path(record) + "/replay")).POST(BodyPublishers.noBody()));
    }

    /** Everything that is at the desk, as one value. */
    private static String desk() {
        return rig.sql("orders").queryForObject("select md5(string_agg(parked::text, ' ' order by id)) from parked", String.class);
    }

    @Test
    void aPoisonRecordIsKeptByteForByteWithWhereItCameFromAndWhy() {
        UUID order = UUID.randomUUID();
        byte[] payload = {'{', 0, -1, (byte) 0xc3, '}'};
        RecordMetadata at = rig.bus().send(List.of(new ProducerRecord<>(Bus.LISTENS.get(REJECT), 3, key(order), payload))).get(0);

        JsonNode record = collected(order, 1).get(0);

        assertThat(bytes(record.path("payload"))).isEqualTo(payload);
        assertThat(record.path("payload").has("text")).isFalse();
        assertThat(record.path("key").path("text").asText()).isEqualTo(order.toString());
        assertThat(record.path("route").asText()).isEqualTo(REJECT);
        assertThat(record.path("state").asText()).isEqualTo("PARKED");
        assertThat(record.path("cause").asText()).isEqualTo(header(record, "parked-error")).contains("Exception");
        assertThat(record.path("message").asText()).isNotBlank();
        assertThat(record.path("origin")).isEqualTo(JSON.createObjectNode().put("topic", at.topic()).put("partition", "3").put("offset", Long.toString(at.offset())));
        assertThat(header(record, "parked-topic")).isEqualTo(at.topic());
        assertThat(trail(record)).containsExactly("COLLECTED");
    }

    @Test
    void aRecordWithoutAnythingAndOneWithHostileHeadersAreKeptAsTheyAre() {
        String before = desk();
        UUID order = UUID.randomUUID();
        ProducerRecord<byte[], byte[]> hostile = new ProducerRecord<>(Topics.parked(REJECT), 1, key(order), null);
        Map.of("kafka.OVERRIDE_TOPIC", "evil", "CamelKafkaOverrideTopic", "evil", "kafka.HEADERS", "x", "kafka.OFFSET", "7", "body", "x", "parked-error", "a\0b", "n\0n", "x")
            .forEach((name, value) -> hostile.headers().add(name, value.getBytes(UTF_8)));
        rig.bus().send(List.of(new ProducerRecord<>(Topics.parked(REJECT), 1, null, null), hostile));

        JsonNode record = collected(order, 1).get(0);

        assertThat(desk()).isNotEqualTo(before);
        assertThat(record.has("payload")).isFalse();
        assertThat(header(record, "kafka.OVERRIDE_TOPIC")).isEqualTo("evil");
        assertThat(header(record, "parked-error")).isEqualTo("a\0b");
        assertThat(record.path("cause").asText()).isEqualTo("a\uFFFDb");
        assertThat(rig.sql("orders").queryForObject("select count(*) from parked where key is null and payload is null", Long.class)).isEqualTo(1);
        assertThat(replay(record).status()).isEqualTo(202);
        Rig.await("it is sent again").untilAsserted(() -> assertThat(replayed(REJECT, order)).singleElement().satisfies(sent -> {
            assertThat(sent.value()).isNull();
            assertThat(sent.headers()).isEmpty();
        }));
        assertThat(rig.bus().count("evil")).isZero();
        assertThat(rig.bus().count(Topics.parked(Bus.COLLECTOR))).isZero();
    }

    @Test
    void aReplayIsTheSameBytesUnderTheSameKeyForTheRouteThatParkedThemOnceHoweverManyAsk() {
        UUID order = UUID.randomUUID();
        byte[] payload = "not JSON, still".getBytes(UTF_8);
        JsonNode record = poison(REJECT, order, payload);

        List<Integer> statuses = Caller.atOnce(IntStream.range(0, 10).mapToObj(n -> (Callable<Told>) () -> replay(record)).toList()).stream().map(Told::status).sorted().toList();

        assertThat(statuses).containsExactly(202, 409, 409, 409, 409, 409, 409, 409, 409, 409);
        List<JsonNode> both = collected(order, 2);
        assertThat(replayed(REJECT, order)).singleElement().satisfies(sent -> assertThat(sent.value()).isEqualTo(payload));
        Rig.await("what was sent is noted").untilAsserted(() -> assertThat(trail(operator.read(path(record)))).containsExactly("COLLECTED", "REPLAYED", "SENT"));
        assertThat(operator.read(path(record)).path("state").asText()).isEqualTo("REPLAYED");
        assertThat(operator.read(path(record)).path("trail").path(1).path("by").asText()).isEqualTo("operator");
        assertThat(both.get(1).path("state").asText()).isEqualTo("PARKED");
        assertThat(both.get(1).path("origin").path("topic").asText()).isEqualTo(Topics.replay(REJECT));
        assertThat(bytes(both.get(1).path("payload"))).isEqualTo(payload);
        assertThat(operator.post(path(record) + "/discard", "{'reason': 'too late'}").status()).isEqualTo(409);
        assertThat(replay(record).status()).isEqualTo(409);
    }

    @Test
    void whatIsDiscardedKeepsTheReasonAndIsNeverSent() {
        UUID order = UUID.randomUUID();
        JsonNode record = poison(REJECT, order, "not JSON".getBytes(UTF_8));

        Told told = operator.post(path(record) + "/discard", "{'reason': 'a test of somebody else'}");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body().path("state").asText()).isEqualTo("DISCARDED");
        assertThat(operator.read(path(record)).path("trail").path(1).path("reason").asText()).isEqualTo("a test of somebody else");
        assertThat(replay(record).status()).isEqualTo(409);
        assertThat(operator.post(path(record) + "/discard", "{'reason': 'again'}").status()).isEqualTo(409);
        assertThat(replayed(REJECT, order)).isEmpty();
        assertThat(operator.post("/parked/" + UUID.randomUUID() + "/discard", "{'reason': 'nothing'}").status()).isEqualTo(404);
    }

    @Test
    void aFilterTakesWhatMatchesAndADryRunChangesNothing() {
        List<UUID> broken = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        broken.forEach(order -> poison(UPDATE, order, "not JSON".getBytes(UTF_8)));
        UUID stranger = UUID.randomUUID();
        JsonNode unacceptable = poison(UPDATE, stranger, Events.paymentGenerated(stranger, "CAPTURED", null).getBytes(UTF_8));
        JsonNode elsewhere = poison(REJECT, UUID.randomUUID(), "not JSON".getBytes(UTF_8));
        String query = "/parked?route=" + UPDATE + "&cause=JsonParseException&state=PARKED";
        assertThat(operator.pages(query + "&limit=2", () -> { })).extracting(item -> UUID.fromString(operator.read(path(item)).path("key").path("text").asText()))
            .containsExactly(broken.get(2), broken.get(1), broken.get(0));
        String before = desk();

        for (String what : List.of("replay", "discard")) {
            Told dry = operator.post("/parked/" + what, "{'route': '%s', 'cause': 'JsonParseException', 'dryRun': true, 'reason': 'looking'}".formatted(UPDATE));
            assertThat(dry.status()).isEqualTo(200);
            assertThat(dry.body()).isEqualTo(JSON.createObjectNode().put("found", 3).put("decided", 0).put("dryRun", true));
        }
        assertThat(desk()).isEqualTo(before);

        Told told = operator.post("/parked/discard", "{'route': '%s', 'cause': 'com.fasterxml.jackson.core.JsonParseException', 'dryRun': false, 'reason': 'of no use'}".formatted(UPDATE));
        assertThat(told.body().path("decided").asInt()).isEqualTo(3);
        assertThat(operator.pages(query, () -> { })).isEmpty();
        assertThat(List.of(unacceptable, elsewhere)).allSatisfy(other -> assertThat(operator.read(path(other)).path("state").asText()).isEqualTo("PARKED"));

        assertThat(operator.post("/parked/replay", "{'route': '%s', 'dryRun': false, 'reason': 'is placed now'}".formatted(UPDATE)).body().path("decided").asInt()).isEqualTo(1);
        Rig.await("it is sent again").untilAsserted(() -> assertThat(replayed(UPDATE, stranger)).hasSize(1));
        assertThat(operator.read(path(unacceptable)).path("trail").path(1).path("reason").asText()).isEqualTo("is placed now");
    }

    /** The broker takes nothing on that topic while the operator decides, and the app dies before it does. */
    @Test
    void aReplayThatWasPromisedIsSentThoughTheAppDiesInBetween() {
        UUID order = UUID.randomUUID();
        JsonNode record = poison(REJECT, order, "not JSON".getBytes(UTF_8));
        rig.bus().refuse(Topics.replay(REJECT));

        assertThat(replay(record).status()).isEqualTo(202);
        killAnd(() -> {
            assertThat(replayed(REJECT, order)).isEmpty();
            rig.bus().admit(Topics.replay(REJECT));
        });

        Rig.await("it is sent again").untilAsserted(() -> assertThat(replayed(REJECT, order)).isNotEmpty());
        Rig.await("what was sent is noted").untilAsserted(() -> assertThat(trail(operator.read(path(record)))).containsExactly("COLLECTED", "REPLAYED", "SENT"));
    }

    @Test
    void whatIsDeliveredTwiceIsKeptOnce() {
        UUID order = UUID.randomUUID();
        JsonNode record = poison(REJECT, order, "not JSON".getBytes(UTF_8));
        assertThat(operator.post(path(record) + "/discard", "{'reason': 'of no use'}").status()).isEqualTo(200);
        JsonNode before = operator.read(path(record));
        rig.bus().awaitNoLag(Bus.COLLECTOR);

        killAnd(() -> {
            Rig.await("the group is left").until(() -> rig.bus().isLeft(Bus.COLLECTOR));
            rig.bus().startOver(Bus.COLLECTOR);
        });
        rig.bus().awaitNoLag(Bus.COLLECTOR);

        assertThat(collected(order, 1)).containsExactly(before);
        assertThat(rig.sql("orders").queryForObject("select count(*) - count(distinct (topic, place, record)) from parked", Long.class)).isZero();
        assertThat(rig.bus().count(Topics.parked(Bus.COLLECTOR))).isZero();
    }

    @Test
    void onlyWhatIsOldAndDecidedIsForgotten() {
        List<JsonNode> records = IntStream.range(0, 5).mapToObj(n -> poison(REJECT, UUID.randomUUID(), "not JSON".getBytes(UTF_8))).toList();
        List<Object> ids = records.stream().map(record -> (Object) UUID.fromString(record.path("id").asText())).toList();
        String decide = "update parked set state = ?, decided_at = now() - cast(? as interval) where id = ?";
        rig.sql("orders").update(decide, "DISCARDED", "31 days", ids.get(0));
        rig.sql("orders").update(decide, "REPLAYED", "31 days", ids.get(1));
        rig.sql("orders").update(decide, "REPLAYED", "29 days", ids.get(2));
        rig.sql("orders").update(decide, "DISCARDED", "40 days", ids.get(4));

        // Somebody is at the oldest; the others need not wait for that.
        try (RowLock held = RowLock.on(rig, "orders", "select from parked where id = '" + ids.get(4) + "' for update")) {
            killAnd(() -> { });
            Rig.await("what is old and decided is forgotten").untilAsserted(() -> assertThat(left(ids)).containsExactlyInAnyOrder(ids.get(2), ids.get(3), ids.get(4)));
            assertThat(held.waitingClients()).isZero();
        }
    }

    private static List<Object> left(List<Object> ids) {
        return rig.sql("orders").queryForList("select id from parked", UUID.class).stream().map(Object.class::cast).filter(ids::contains).toList();
    }

    /** However long ago it was promised. */
    @Test
    void whatIsStillToBeSentIsNotForgotten() throws Exception {
        JsonNode record = poison(REJECT, UUID.randomUUID(), "not JSON".getBytes(UTF_8));
        UUID id = UUID.fromString(record.path("id").asText());
        String forget = new ClassPathResource("sql/orders/forget-old-parked.sql").getContentAsString(UTF_8).replace(":?body", "?");

        // In one transaction that comes to nothing, so that nobody sends it meanwhile.
        try (Connection connection = rig.database("orders").connect()) {
            connection.setAutoCommit(false);
            JdbcTemplate session = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            for (boolean toSend : new boolean[] {true, false}) {
                session.update("update parked set state = 'REPLAYED', to_send = ?, decided_at = now() - interval '1 year' where id = ?", toSend, id);
                session.queryForObject(forget, String.class, "{\"seconds\": 2592000, \"most\": 100}");
                assertThat(session.queryForObject("select count(*) from parked where id = ?", Long.class, id)).isEqualTo(toSend ? 1 : 0);
            }
            connection.rollback();
        }
    }

    @Test
    void theMetricsAndTheHealthTellHowMuchIsParkedAndTheAppStaysReady() throws Exception {
        poison(REJECT, UUID.randomUUID(), "not JSON".getBytes(UTF_8));

        Rig.await("the health tells of what is parked").untilAsserted(() -> {
            JsonNode health = JSON.readTree(rig.management(Service.ORDER, "/actuator/health"));
            assertThat(health.path("status").asText()).isEqualTo("UP");
            assertThat(health.path("components").path("parked").path("details").path(REJECT).asLong()).isPositive()
                .isEqualTo(rig.sql("orders").queryForObject("select count(*) from parked where state = 'PARKED' and route = ?", Long.class, REJECT));
        });
        assertThat(rig.management(Service.ORDER, "/actuator/health/readiness")).contains("\"UP\"").doesNotContain("parked");
        assertThat(rig.management(Service.ORDER, "/actuator/prometheus")).containsPattern("orderflow_parked\\{.*route=\"reject-order\".*} [1-9]");
    }
}
