package io.orderflow.local.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What travels between the services, as a stranger reads it. Who listens to what is said again here, for it is contract. */
class Wire implements AutoCloseable {
    static final String ORDER_CREATED = "order.created.v1";
    static final String INVENTORY_RESERVED = "inventory.reserved.v1";
    static final String INVENTORY_FAILED = "inventory.failed.v1";
    static final String PAYMENT_GENERATED = "payment.generated.v1";
    static final String ORDER_PAYMENT_UPDATED = "order.payment.updated.v1";
    static final String ORDER_CANCELLED = "order.cancelled.v1";
    /** What is said of stock comes first, for what is said of payments is compared with it. */
    static final List<String> EVENTS = List.of(INVENTORY_RESERVED, INVENTORY_FAILED, PAYMENT_GENERATED, ORDER_CREATED, ORDER_PAYMENT_UPDATED, ORDER_CANCELLED);
    /** Each group with what it listens to, besides a {@code .replay} topic of its own. */
    static final Map<String, String> LISTENS = Map.of(
        "reserve-inventory", ORDER_CREATED,
        "take-payment", INVENTORY_RESERVED,
        "reject-order", INVENTORY_FAILED,
        "update-order-payment", PAYMENT_GENERATED,
        "release-inventory", ORDER_CANCELLED);
    /** The group that brings to the parking desk what the others have parked. */
    static final String COLLECTOR = "collect-parked";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;
    private final Map<String, Object> settings;
    private final Map<String, List<TopicPartition>> partitions = new HashMap<>();
    /** Only who reads records needs one. */
    private KafkaConsumer<byte[], byte[]> consumer;

    Wire(Deployment where) {
        settings = new HashMap<>(where.kafka());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, where.brokers());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 3);
        admin = Admin.create(settings);
        // At the end of a topic a fetch waits for more, and the next topic for that fetch.
        settings.putAll(Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10));
    }

    /** How far a group is on a partition; {@code committed} is 0 where it has never committed. */
    record Position(String group, TopicPartition partition, long committed, long end) {
        boolean isAtTheEnd() {
            return committed == end;
        }

        String words() {
            return group + " on " + partition + ": committed " + committed + " of " + end;
        }
    }

    static String parked(String group) {
        return group + ".parked";
    }

    static String replay(String group) {
        return group + ".replay";
    }

    /** How far everybody is. What each has done is asked first and what there is afterwards: who is at the end then has nothing on its way. */
    List<Position> positions() {
        Map<String, List<String>> heard = heard();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = get("How far the groups are", admin.listConsumerGroupOffsets(heard.keySet().stream()
            .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()))).all());
        Map<TopicPartition, Long> ends = ends(heard.values().stream().flatMap(List::stream).toList());
        List<Position> positions = new ArrayList<>();
        heard.forEach((group, topics) -> topics.stream().flatMap(topic -> partitions(topic).stream())
            .forEach(partition -> positions.add(new Position(group, partition, offset(committed.get(group).get(partition)), ends.get(partition)))));
        return positions;
    }

    private static Map<String, List<String>> heard() {
        Map<String, List<String>> heard = new TreeMap<>();
        LISTENS.forEach((group, topic) -> heard.put(group, List.of(topic, replay(group))));
        heard.put(COLLECTOR, Stream.concat(LISTENS.keySet().stream().map(Wire::parked), Stream.of(replay(COLLECTOR))).toList());
        return heard;
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    /** Before where records may have been, and are forgotten. */
    Map<TopicPartition, Long> begins(Collection<String> topics) {
        return offsets("The beginnings of the topics", topics, OffsetSpec.earliest());
    }

    Map<TopicPartition, Long> ends(Collection<String> topics) {
        return offsets("The ends of the topics", topics, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(String what, Collection<String> topics, OffsetSpec spec) {
        return get(what, admin.listOffsets(topics.stream().flatMap(topic -> partitions(topic).stream())
            .collect(Collectors.toMap(partition -> partition, partition -> spec))).all()).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How long a topic keeps what it is told. */
    Duration retention(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        long millis = Long.parseLong(get("How long " + topic + " is kept", admin.describeConfigs(List.of(resource)).all()).get(resource).get("retention.ms").value());
        return Duration.ofMillis(millis < 0 ? Long.MAX_VALUE : millis);
    }

    /** Hands out everything that is on a topic, partition by partition in its order; answers how many records there were. */
    long read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long count = 0;
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        try {
            consumer.assign(partitions(topic));
            consumer.seekToBeginning(partitions(topic));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions(topic).stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    reader.accept(record);
                    count++;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new CannotLook(topic, new KafkaException("no record comes, and there are more"));
                }
            }
            return count;
        } catch (KafkaException e) {
            throw new CannotLook(topic, e);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return partitions.computeIfAbsent(topic, unknown -> {
            TopicDescription description = get("Topic " + topic, admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
            List<TopicPartition> all = new ArrayList<>();
            description.partitions().forEach(partition -> all.add(new TopicPartition(topic, partition.partition())));
            return all;
        });
    }

    private static <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new CannotLook(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotLook(what, e);
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(Duration.ZERO);
        }
        admin.close(Duration.ZERO);
    }
}
