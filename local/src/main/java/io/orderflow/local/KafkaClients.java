package io.orderflow.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker as a stranger sees it: everything that is on a topic, who shares the work of a group, and a hand to put records there. */
public class KafkaClients implements AutoCloseable {

    protected final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param producing what the producer is to do otherwise than any other does */
    protected KafkaClients(String brokers, Map<String, Object> producing) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", brokers, "acks", "all", "max.request.size", 2_000_000));
        settings.putAll(producing);
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        // At the end of a topic a fetch waits for more, and the next topic for that fetch.
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "enable.auto.commit", false, "max.poll.records", 5_000, "fetch.max.wait.ms", 10),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Sends records, all in one go, and returns when the broker has every one. */
    public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.flush();
        return sent.stream().map(KafkaClients::get).toList();
    }

    /** Everything that was ever put on a topic, partition by partition. */
    public synchronized List<ConsumerRecord<byte[], byte[]>> all(String topic) {
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
    public long members(String group) {
        return consumers(group).stream().filter(member -> !member.assignment().topicPartitions().isEmpty()).count();
    }

    public boolean isLeft(String group) {
        return consumers(group).isEmpty();
    }

    private Collection<MemberDescription> consumers(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).get(group).members();
    }

    /** A header's text; null where there is none. */
    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Waits for what a client has promised, as long as it takes. */
    protected static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
