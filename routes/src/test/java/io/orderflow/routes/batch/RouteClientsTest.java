package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RouteClientsTest {
    private static final String NOBODY_THERE = "127.0.0.1:1";

    /** Camel sends a whole batch before it asks what became of the first record: five hundred would each wait for the broker. */
    @Test
    void aProducerThatCannotSendARecordSaysSoBeforeItIsGivenTheNext() {
        var settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, NOBODY_THERE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (var producer = new RouteClients().getProducer(settings)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", new byte[0]))).isInstanceOf(TimeoutException.class);
        }
    }
}
