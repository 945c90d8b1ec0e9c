package io.orderflow.local.bench;

import io.orderflow.routes.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Knows when each order ends, as anybody outside can know it: by the record that says so. An order that falls short of stock ends by
 * {@code inventory.failed.v1}, for no later event tells of it; that its row follows, {@link Audit} makes sure.
 */
class Ends implements AutoCloseable {

    private static final List<String> TOPICS = List.of(Topics.ORDER_PAYMENT_UPDATED, Topics.INVENTORY_FAILED);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread listener = new Thread(this::listen, "ends");
    /** When an order was due, or, below zero, when it ended: whichever of the two is told first waits here for the other. In nanoseconds since the beginning. */
    private final Map<UUID, Long> times = new ConcurrentHashMap<>();
    private final long beginning = System.nanoTime();
    private final LongAdder placed = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile Timeline timeline;
    private volatile RuntimeException failure;

    Ends(String brokers) {
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream()).map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        listener.start();
    }

    /** From now on, ends are told here. */
    void tell(Timeline timeline) {
        this.timeline = timeline;
    }

    /** An order was accepted that was due at this {@link System#nanoTime()}. */
    void placed(UUID order, long due) {
        placed.increment();
        Long end = times.putIfAbsent(order, due - beginning);
        if (end != null) {
            times.remove(order);
            ended(-end - (due - beginning));
        }
    }

    private void listen() {
        try {
            while (true) {
                Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(Duration.ofSeconds(1));
                long now = System.nanoTime() - beginning;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    UUID order = UUID.fromString(new String(record.key(), StandardCharsets.US_ASCII));
                    Long due = times.putIfAbsent(order, -now);
                    // Below zero it is a record that was published twice, as any may be; its order has ended already.
                    if (due != null && due >= 0) {
                        times.remove(order);
                        ended(now - due);
                    }
                }
            }
        } catch (WakeupException closing) {
            // that is all
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            consumer.close();
        }
    }

    private void ended(long nanos) {
        ended.increment();
        timeline.ended(nanos);
    }

    /** How many orders were accepted and have not ended. */
    long waiting() {
        if (failure != null) {
            throw failure;
        }
        return placed.sum() - ended.sum();
    }

    /** How many have ended so far. */
    long ended() {
        return ended.sum();
    }

    /** The orders that have not ended, and will not be waited for any longer. */
    Set<UUID> giveUp() {
        Set<UUID> stuck = times.entrySet().stream().filter(entry -> entry.getValue() >= 0).map(Map.Entry::getKey).collect(Collectors.toSet());
        stuck.forEach(order -> {
            times.remove(order);
            ended.increment();
        });
        return stuck;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
