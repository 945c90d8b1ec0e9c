package io.orderflow.local;

import static io.orderflow.local.Bus.header;
import static io.orderflow.local.Shop.line;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderflow.local.Bus.Position;
import io.orderflow.routes.event.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that can never succeed is put aside alone, byte for byte, and nobody beside it waits or is lost. */
class PoisonTest {
    private static final int PARTITION = 3;
    private static final String PARKED = Topics.parked("reserve-inventory");
    private static final UUID SOMEBODY = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.bare("inventory");
        rig.host(Service.INVENTORY);
        rig.stock("GOOD", 0, 1_000_000);
        rig.stock("LITTLE", 0, 100);
        rig.broker.create(List.of("evil"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    static Stream<Arguments> kindsOfPoison() {
        String good = Events.orderCreated(SOMEBODY, line("GOOD", 1));
        return Stream.of(
            arguments("not JSON", bytes("this is not JSON")),
            arguments("empty", new byte[0]),
            arguments("null value", null),
            arguments("the JSON null", bytes("null")),
            arguments("a list", bytes("[" + good + "]")),
            arguments("cut off", bytes(good.substring(0, good.length() - 1))),
            arguments("an order id that is none", bytes(good.replace(SOMEBODY.toString(), "12345"))),
            arguments("lines of a wrong type", bytes(good.replace("\"lines\":[", "\"lines\":\"two\",\"more\":["))),
            arguments("a quantity that is a fraction", bytes(good.replace("\"quantity\":1", "\"quantity\":1.5"))),
            arguments("a quantity that is text", bytes(good.replace("\"quantity\":1", "\"quantity\":\"many\""))),
            arguments("a quantity below one", bytes(good.replace("\"quantity\":1", "\"quantity\":0"))),
            arguments("a quantity of 2^63", bytes(good.replace("\"quantity\":1", "\"quantity\":9223372036854775808"))),
            arguments("quantities whose sum is above 2^63",
                bytes(Events.orderCreated(SOMEBODY, line("GOOD", 1), line("GOOD", 2)).replaceAll("\"quantity\":\\d", "\"quantity\":9223372036854775807"))),
            arguments("no lines", bytes(good.replace("\"lines\"", "\"rows\""))),
            arguments("no order id", bytes(good.replace("\"orderId\"", "\"orderNumber\""))),
            arguments("no version", bytes(good.replace("\"version\"", "\"revision\""))),
            arguments("an SKU with a NUL, which the database cannot store", bytes(good.replace("\"GOOD\"", "\"GO\\u0000OD\""))),
            arguments("nested deeply", bytes(good.replace("\"customer\":\"ann\"", "\"customer\":" + "[".repeat(20_000) + "]".repeat(20_000)))),
            arguments("bad UTF-8", withBadUtf8(good)),
            arguments("900 KB", bytes("{\"customer\":\"" + "x".repeat(900_000) + "\"")),
            arguments("as large as the broker takes", bytes("{\"customer\":\"" + "x".repeat(1_048_400) + "\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfPoison")
    void oneBadRecordAmong500IsParkedAloneAndTheOthersAreAnswered(String kind, byte[] poison) {
        List<ConsumerRecord<byte[], byte[]>> parkedBefore = rig.bus().all(PARKED);
        ProducerRecord<byte[], byte[]> bad = new ProducerRecord<>(ORDER_CREATED, PARTITION, SOMEBODY.toString().getBytes(UTF_8), poison);

        Sent sent = send499Around(bad);

        everyoneIsAnswered(sent.good);
        List<ConsumerRecord<byte[], byte[]>> parked = newly(parkedBefore, rig.bus().all(PARKED));
        assertThat(parked).as("parked records").hasSize(1);
        isTheSame(parked.get(0), bad, sent.bad);
    }

    @Test
    void hostileHeadersOfABadRecordLeadNowhereAndAreNotParkedWithIt() {
        List<ConsumerRecord<byte[], byte[]>> parkedBefore = rig.bus().all(PARKED);
        ProducerRecord<byte[], byte[]> bad = withHostileHeaders(new ProducerRecord<>(ORDER_CREATED, PARTITION, bytes("any key"), bytes("not JSON")));

        Sent sent = send499Around(bad);

        everyoneIsAnswered(sent.good);
        List<ConsumerRecord<byte[], byte[]>> parked = newly(parkedBefore, rig.bus().all(PARKED));
        assertThat(parked).hasSize(1);
        isTheSame(parked.get(0), bad, sent.bad);
        assertThat(parked.get(0).headers()).extracting(header -> header.key())
            .containsExactlyInAnyOrder("parked-topic", "parked-partition", "parked-offset", "parked-error", "parked-message");
        assertThat(rig.bus().count("evil")).isZero();
    }

    @Test
    void hostileHeadersOfAGoodRecordLeadNowhere() {
        List<ConsumerRecord<byte[], byte[]>> parkedBefore = rig.bus().all(PARKED);
        UUID order = UUID.randomUUID();

        Sent sent = send499Around(withHostileHeaders(onThePartition(order, line("GOOD", 2))));

        everyoneIsAnswered(sent.good);
        List<ConsumerRecord<byte[], byte[]>> answers = rig.bus().await(order, INVENTORY_RESERVED, 1);
        assertThat(answers.get(0).headers()).extracting(header -> header.key())
            .containsExactlyInAnyOrder("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type");
        assertThat(rig.bus().all(PARKED)).hasSameSizeAs(parkedBefore);
        assertThat(rig.bus().count("evil")).isZero();
    }

    @Test
    void manyBadRecordsInOneBatchAreAllParkedOnce() {
        List<ConsumerRecord<byte[], byte[]>> parkedBefore = rig.bus().all(PARKED);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<byte[]> bad = new ArrayList<>();
        Set<UUID> good = new HashSet<>();
        for (int n = 0; n < 60; n++) {
            UUID order = UUID.randomUUID();
            good.add(order);
            records.add(onThePartition(order, line("GOOD", 1)));
            bad.add(bytes(n % 2 == 0 ? "bad " + n : Events.orderCreated(order, line("GOOD", 1)).replace("\"GOOD\"", "\"GO\\u0000" + n + "\"")));
            records.add(new ProducerRecord<>(ORDER_CREATED, PARTITION, null, bad.get(n)));
        }
        rig.bus().send(records);

        everyoneIsAnswered(good);
        assertThat(newly(parkedBefore, rig.bus().all(PARKED))).extracting(record -> Bus.text(record.value()))
            .containsExactlyInAnyOrderElementsOf(bad.stream().map(Bus::text).toList());
    }

    @Test
    void whatIsPutOnAReplayTopicIsDoneByThatGroupAlone() {
        UUID order = UUID.randomUUID();
        List<ConsumerRecord<byte[], byte[]>> parkedBefore = rig.bus().all(PARKED);
        String replay = Topics.replay("reserve-inventory");
        RecordMetadata sent = rig.bus().send(replay, order, Events.orderCreated(order, line("GOOD", 2)));

        ConsumerRecord<byte[], byte[]> answer = rig.bus().await(order, INVENTORY_RESERVED, 1).get(0);
        rig.bus().awaitNoLag("reserve-inventory");
        assertThat(Events.json(answer).path("total").asLong()).isEqualTo(200);
        TopicPartition there = new TopicPartition(sent.topic(), sent.partition());
        assertThat(rig.bus().committed(Bus.LISTENS.keySet())).as("groups that have read %s", replay)
            .allSatisfy((group, positions) -> assertThat(positions.containsKey(there)).isEqualTo(group.equals("reserve-inventory")));
        assertThat(rig.bus().all(PARKED)).hasSameSizeAs(parkedBefore);
        assertThat(rig.bus().about(order, ORDER_CREATED)).isEmpty();
    }

    private record Sent(Set<UUID> good, RecordMetadata bad) {
    }

    /** All 500 on one partition and in one batch, the bad one in the middle. */
    private static Sent send499Around(ProducerRecord<byte[], byte[]> bad) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Set<UUID> good = new HashSet<>();
        for (int n = 0; n < 499; n++) {
            UUID order = UUID.randomUUID();
            good.add(order);
            records.add(onThePartition(order, line(n % 10 == 0 ? "LITTLE" : "GOOD", 1 + n % 3)));
        }
        records.add(250, bad);
        return new Sent(good, rig.bus().send(records).get(250));
    }

    private static ProducerRecord<byte[], byte[]> onThePartition(UUID order, Shop.Line line) {
        return new ProducerRecord<>(ORDER_CREATED, PARTITION, order.toString().getBytes(UTF_8), bytes(Events.orderCreated(order, line)));
    }

    /** Each by one event, told once, and all of it committed. */
    private static void everyoneIsAnswered(Set<UUID> orders) {
        rig.bus().awaitNoLag("reserve-inventory");
        assertThat(rig.bus().positions(List.of("reserve-inventory"))).allMatch(Position::isAtTheEnd);
        Set<UUID> answered = new HashSet<>();
        Stream.of(INVENTORY_RESERVED, INVENTORY_FAILED).flatMap(topic -> rig.bus().all(topic).stream())
            .forEach(record -> assertThat(answered.add(UUID.fromString(Bus.text(record.key())))).as("a single answer to order %s", Bus.text(record.key())).isTrue());
        Set<UUID> unanswered = new HashSet<>(orders);
        unanswered.removeAll(answered);
        assertThat(unanswered).as("orders without an answer").isEmpty();
        new Checker(rig).theStockAddsUp();
    }

    private static void isTheSame(ConsumerRecord<byte[], byte[]> parked, ProducerRecord<byte[], byte[]> bad, RecordMetadata at) {
        assertThat(parked.value()).as("value of the parked record").isEqualTo(bad.value());
        assertThat(parked.key()).as("key of the parked record").isEqualTo(bad.key());
        assertThat(header(parked, "parked-topic")).isEqualTo(ORDER_CREATED);
        assertThat(header(parked, "parked-partition")).isEqualTo(Integer.toString(PARTITION));
        assertThat(header(parked, "parked-offset")).isEqualTo(Long.toString(at.offset()));
        assertThat(header(parked, "parked-error")).contains("Exception");
        assertThat(header(parked, "parked-message")).isNotEmpty().hasSizeLessThan(1_000);
    }

    private static List<ConsumerRecord<byte[], byte[]>> newly(List<ConsumerRecord<byte[], byte[]>> before, List<ConsumerRecord<byte[], byte[]>> now) {
        Set<String> known = new HashSet<>();
        before.forEach(record -> known.add(record.partition() + "/" + record.offset()));
        return now.stream().filter(record -> !known.contains(record.partition() + "/" + record.offset())).toList();
    }

    private static ProducerRecord<byte[], byte[]> withHostileHeaders(ProducerRecord<byte[], byte[]> record) {
        Map.of("CAMELKAFKAOVERRIDETOPIC", "evil", "kafka.override_topic", "evil", "CamelHttpUri", "http://127.0.0.1:1/", "cAmElSqlQuery", "drop table stock", "CamelRetrieveGeneratedKeys", "true",
            "CamelJdbcUpdateCount", "7", "CamelToEndpoint", "kafka:evil", "who", "operator").forEach((name, value) -> record.headers().add(name, bytes(value)));
        Map.of("kafka.OVERRIDE_TOPIC", "evil", "CamelKafkaOverrideTopic", "evil", "camelkafkaoverridetopic", "evil", "kafka.TOPIC", "evil", "CamelKafkaTopic", "evil",
            "CamelSqlQuery", "drop table stock", "CamelJdbcParameters", "1", "body", "null", "CamelBeanMethodName", "toString", "parked-topic", "evil")
            .forEach((name, value) -> record.headers().add(name, bytes(value)));
        record.headers().add("x".repeat(10_000), new byte[] {(byte) 0xff, 0, 13, 10});
        return record;
    }

    private static byte[] withBadUtf8(String event) {
        byte[] bytes = bytes(event);
        int at = event.indexOf("\"ann\"") + 1;
        Arrays.fill(bytes, at, at + 3, (byte) 0xff);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
