package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The broker as a test sees it: also who has read how far, and what becomes of a topic that takes nothing. */
class Bus extends KafkaClients {
    /** Who listens to what, beside a {@code .replay} topic of its own; said again here, for it is contract. */
    static final Map<String, String> LISTENS = Map.of(
        "reserve-inventory", Topics.ORDER_CREATED,
        "release-inventory", Topics.ORDER_CANCELLED,
        "take-payment", Topics.INVENTORY_RESERVED,
        "update-order-payment", Topics.PAYMENT_GENERATED,
        "reject-order", Topics.INVENTORY_FAILED);
    /** Listens to what all of them put aside. */
    static final String COLLECTOR = "collect-parked";
    static final List<String> EVENTS = List.of(Topics.ORDER_CREATED, Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED, Topics.PAYMENT_GENERATED,
        Topics.ORDER_PAYMENT_UPDATED, Topics.ORDER_CANCELLED);

    /** One large batch for each partition, so that what is sent together is also received together. */
    Bus(String brokers) {
        super(brokers, Map.of("batch.size", 1_000_000, "linger.ms", 100));
    }

    /** How far a group is on a partition; {@code committed} is 0 where it has never committed. */
    record Position(String group, TopicPartition partition, long committed, long end) {
        boolean isAtTheEnd() {
            return committed == end;
        }
    }

    /** Sends an event under its order's key. */
    RecordMetadata send(String topic, UUID order, String json) {
        return send(List.of(new ProducerRecord<>(topic, order.toString().getBytes(UTF_8), json.getBytes(UTF_8)))).get(0);
    }

    /** The same record once more, on the same partition. */
    static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    /** The records about an order on a topic, in their order. */
    List<ConsumerRecord<byte[], byte[]>> about(UUID order, String topic) {
        return all(topic).stream().filter(record -> order.toString().equals(text(record.key()))).toList();
    }

    /** Waits until there are that many records about an order on a topic. */
    List<ConsumerRecord<byte[], byte[]>> await(UUID order, String topic, int count) {
        Rig.await(count + " record(s) about " + order + " on " + topic).untilAsserted(() -> assertThat(about(order, topic)).hasSize(count));
        return about(order, topic);
    }

    /** Waits until a group has committed everything on all that it listens to. */
    void awaitNoLag(String group) {
        Rig.await(group + " has done all there is").untilAsserted(() -> assertThat(positions(List.of(group))).allMatch(Position::isAtTheEnd));
    }

    /** How far each group is on each partition that it listens to. */
    List<Position> positions(Collection<String> groups) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(groups);
        Map<TopicPartition, Long> ends = ends(groups.stream().flatMap(group -> listensTo(group).stream()).distinct().toList());
        return groups.stream().flatMap(group -> listensTo(group).stream().flatMap(topic -> partitions(topic).stream())
            .map(partition -> new Position(group, partition, offset(committed.get(group).get(partition)), ends.get(partition)))).toList();
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static List<String> listensTo(String group) {
        Stream<String> heard = group.equals(COLLECTOR) ? LISTENS.keySet().stream().map(Topics::parked) : Stream.of(LISTENS.get(group));
        return Stream.concat(heard, Stream.of(Topics.replay(group))).toList();
    }

    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(Collection<String> groups) {
        return get(admin.listConsumerGroupOffsets(groups.stream()
            .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()))).all());
    }

    Map<TopicPartition, Long> ends(Collection<String> topics) {
        return get(admin.listOffsets(topics.stream().flatMap(topic -> partitions(topic).stream())
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()))).all()).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How many records a topic holds. */
    long count(String topic) {
        return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Makes every group, none of which may have a member, begin at the beginning of everything. */
    void startAllOver() {
        LISTENS.keySet().forEach(this::startOver);
    }

    /** Makes a group, which may have no member, begin at the beginning of everything. */
    void startOver(String group) {
        Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
        listensTo(group).forEach(topic -> partitions(topic).forEach(partition -> beginning.put(partition, new OffsetAndMetadata(0))));
        get(admin.alterConsumerGroupOffsets(group, beginning).all());
    }

    /** Makes the broker refuse whatever is sent to a topic, and nothing else: no record fits into a segment this small. */
    void refuse(String topic) {
        configure(topic, new AlterConfigOp(new ConfigEntry("segment.bytes", "14"), AlterConfigOp.OpType.SET));
    }

    /** Takes from a topic what it holds. */
    void forget(String topic) {
        get(admin.deleteRecords(ends(List.of(topic)).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())))).all());
    }

    /** The topic takes records again. */
    void admit(String topic) {
        configure(topic, new AlterConfigOp(new ConfigEntry("segment.bytes", ""), AlterConfigOp.OpType.DELETE));
    }

    private void configure(String topic, AlterConfigOp change) {
        get(admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change))).all());
    }

    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, Broker.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }
}
