package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {

    @TempDir
    private Path folder;

    @Test
    void keepsTopicsAndRecordsWhenStoppedAndStartedAgain() throws Exception {
        try (Broker broker = new Broker(folder, FreePorts.take())) {
            broker.start();
            broker.create(List.of("order.created.v1", "reserve-inventory.parked"));
            send(broker, "order.created.v1", "an order");

            broker.stop();
            broker.start();
            broker.create(List.of("order.created.v1", "reserve-inventory.replay"));

            assertThat(read(broker, "order.created.v1")).containsExactly("an order");
            try (Admin admin = admin(broker)) {
                assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("order.created.v1", "reserve-inventory.parked", "reserve-inventory.replay");
                assertThat(admin.describeTopics(List.of("order.created.v1")).allTopicNames().get().get("order.created.v1").partitions()).hasSize(6);
                assertThat(setting(admin, "order.created.v1", "retention.ms")).isEqualTo(Long.toString(Duration.ofDays(14).toMillis()));
                assertThat(setting(admin, "reserve-inventory.parked", "max.message.bytes")).isEqualTo(Integer.toString(2 * 1024 * 1024));
            }
        }
    }

    @Test
    void createsNoTopicByAccident() throws Exception {
        try (Broker broker = new Broker(folder, FreePorts.take())) {
            broker.start();
            try (Admin admin = admin(broker); KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
                assertThat(consumer.partitionsFor("order.craeted.v1")).isEmpty();
                assertThat(admin.listTopics().names().get()).isEmpty();
            }
        }
    }

    private static void send(Broker broker, String topic, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.brokers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))).get();
        }
    }

    private static List<String> read(Broker broker, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            consumer.assign(IntStream.range(0, Broker.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList());
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(20)).spliterator(), false).map(entry -> new String(entry.value(), StandardCharsets.UTF_8)).toList();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Broker broker) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", broker.brokers(), "auto.offset.reset", "earliest"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Admin admin(Broker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.brokers()));
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }
}
