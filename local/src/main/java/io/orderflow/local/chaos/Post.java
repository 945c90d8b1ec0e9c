package io.orderflow.local.chaos;

import io.orderflow.routes.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A stranger's hand in the post between the services: reads all of it, and puts records there. */
class Post implements AutoCloseable {

    /** Who listens to what. */
    static final Map<String, String> LISTENERS = new TreeMap<>(Map.of(
        Topics.ORDER_CREATED, "reserve-inventory",
        Topics.ORDER_CANCELLED, "release-inventory",
        Topics.INVENTORY_RESERVED, "take-payment",
        Topics.PAYMENT_GENERATED, "update-order-payment",
        Topics.INVENTORY_FAILED, "reject-order"));

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Post(String brokers) {
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all", "max.request.size", 2_000_000), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "enable.auto.commit", false, "max.poll.records", 5_000), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Sends records, and returns when the broker has every one. */
    List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.flush();
        return sent.stream().map(Post::get).toList();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything that was ever put on a topic, partition by partition. */
    synchronized List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream().map(partition -> new TopicPartition(topic, partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
        }
        return found;
    }

    /** How many consumers share a group's work; while it is being shared out anew, nobody has any. */
    long members(String group) {
        return consumers(group).stream().filter(member -> !member.assignment().topicPartitions().isEmpty()).count();
    }

    boolean isLeft(String group) {
        return consumers(group).isEmpty();
    }

    private Collection<MemberDescription> consumers(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).get(group).members();
    }

    /** Makes every group, none of which may have a member, begin at the beginning of everything. */
    void startAllOver() {
        LISTENERS.values().forEach(group -> {
            Map<TopicPartition, OffsetAndMetadata> committed = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            get(admin.alterConsumerGroupOffsets(group, committed.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)))).all());
        });
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) == null ? null : new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        synchronized (this) {
            consumer.close();
        }
        admin.close();
    }
}
