package io.orderflow.local.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker how far everybody is. */
class Kafka implements AutoCloseable {

    private final Admin admin;

    Kafka(String brokers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers));
    }

    /** Records that each consumer group has done with, over all partitions. */
    Map<String, Long> committed() {
        Map<String, Long> sums = new TreeMap<>();
        offsets().forEach((group, offsets) -> sums.put(group, offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum()));
        return sums;
    }

    /** How many records were set aside because they can never succeed, by topic, where there are any. */
    Map<String, Long> parked() {
        return ends().entrySet().stream().filter(end -> end.getKey().topic().endsWith(".parked") && end.getValue() > 0)
            .collect(Collectors.groupingBy(end -> end.getKey().topic(), Collectors.summingLong(Map.Entry::getValue)));
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets() {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
        List<String> groups = get(admin.listConsumerGroups().all()).stream().map(ConsumerGroupListing::groupId).toList();
        for (String group : groups) {
            offsets.put(group, get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
        }
        return offsets;
    }

    private Map<TopicPartition, Long> ends() {
        List<TopicPartition> partitions = new ArrayList<>();
        get(admin.describeTopics(get(admin.listTopics().names())).allTopicNames()).values()
            .forEach(topic -> topic.partitions().forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        Map<TopicPartition, ListOffsetsResultInfo> ends = get(admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()))).all());
        return ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    Admin admin() {
        return admin;
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
