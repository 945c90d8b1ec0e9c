package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RouteClientsTest {

    /** Camel sends a whole batch before it asks what became of the first record: five hundred would each wait for the broker. */
    @Test
    void aProducerThatCannotSendARecordSaysSoBeforeItIsGivenTheNext() throws IOException {
        var settings = new Properties();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + portThatNobodyListensAt());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 100);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (var producer = new RouteClients().getProducer(settings)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", new byte[0]))).isInstanceOf(TimeoutException.class);
        }
    }

    private static int portThatNobodyListensAt() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
