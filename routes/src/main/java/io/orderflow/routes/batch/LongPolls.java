package io.orderflow.routes.batch;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Makes consumers wait for records instead of asking for them all the time. Camel hands a batch over only when a further poll has found
 * nothing, so that poll must not wait; nor must any other be as short, or an idle consumer takes 2 % of a core. With {@code poll-timeout-ms: 0}
 * a batch leaves at once, and an idle consumer polls ten times a second.
 */
public class LongPolls extends DefaultKafkaClientFactory {
    private static final Duration IDLE = Duration.ofMillis(100);

    @Override
    public Consumer<Object, Object> getConsumer(Properties settings) {
        return new KafkaConsumer<>(settings) {
            private boolean nothingAtHand = true;

            @Override
            public ConsumerRecords<Object, Object> poll(Duration timeout) {
                var records = super.poll(nothingAtHand ? IDLE : timeout);
                nothingAtHand = records.isEmpty();
                return records;
            }
        };
    }
}
