package io.orderflow.local.chaos;

import io.orderflow.local.KafkaClients;
import io.orderflow.routes.event.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A stranger's hand in the post between the services: reads all of it, and puts records there. */
class Post extends KafkaClients {

    /** Who listens to what. */
    static final Map<String, String> LISTENERS = new TreeMap<>(Map.of(
        Topics.ORDER_CREATED, "reserve-inventory",
        Topics.ORDER_CANCELLED, "release-inventory",
        Topics.INVENTORY_RESERVED, "take-payment",
        Topics.PAYMENT_GENERATED, "update-order-payment",
        Topics.INVENTORY_FAILED, "reject-order"));

    Post(String brokers) {
        super(brokers, Map.of());
    }

    /** Makes every group, none of which may have a member, begin at the beginning of everything. */
    void startAllOver() {
        LISTENERS.values().forEach(group -> {
            Map<TopicPartition, OffsetAndMetadata> committed = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            get(admin.alterConsumerGroupOffsets(group, committed.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)))).all());
        });
    }
}
