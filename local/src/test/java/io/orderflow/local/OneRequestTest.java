package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.batch.RouteClients;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What is one batch for a route is one for the broker, and so for who receives it. */
class OneRequestTest {

    @Test
    void aBatchOfRecordsForAllPartitionsGoesInOneRequest() throws Exception {
        try (Rig rig = Rig.bare()) {
            rig.broker.create(List.of("letters"));
            Properties settings = new Properties();
            settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, rig.broker.brokers());
            settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            try (Producer<Object, Object> producer = new RouteClients().getProducer(settings)) {
                send(producer, 1);
                double before = requests(producer);

                List<Future<RecordMetadata>> sent = send(producer, 500);

                assertThat(sent).allMatch(Future::isDone);
                assertThat(requests(producer) - before).as("requests for 500 records of a kilobyte").isEqualTo(1);
            }
        }
    }

    private static List<Future<RecordMetadata>> send(Producer<Object, Object> producer, int records) throws Exception {
        List<Future<RecordMetadata>> sent = IntStream.range(0, records)
            .mapToObj(n -> producer.send(new ProducerRecord<>("letters", n % 6, new byte[36], new byte[1_000]))).toList();
        sent.get(0).get();
        return sent;
    }

    private static double requests(Producer<Object, Object> producer) {
        return producer.metrics().values().stream().filter(metric -> metric.metricName().name().equals("request-total") && metric.metricName().group().equals("producer-metrics"))
            .mapToDouble(metric -> (Double) metric.metricValue()).sum();
    }
}
