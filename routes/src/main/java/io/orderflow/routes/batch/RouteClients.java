package io.orderflow.routes.batch;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Makes consumers that wait for records instead of asking for them all the time, and producers that say at once what they cannot send.
 *
 * <p>Camel hands a batch over only when a further poll has found nothing, so that poll must not wait; nor must any other be as short, or an
 * idle consumer takes 2 % of a core. With {@code poll-timeout-ms: 0} a batch leaves at once, and an idle consumer polls ten times a second.
 *
 * <p>Camel sends all records of a batch before it asks what became of the first. Where a topic's partitions are not known, for the broker has
 * been away since the start, each of them would wait for {@code max.block.ms}.
 */
public class RouteClients extends DefaultKafkaClientFactory {
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

    @Override
    public Producer<Object, Object> getProducer(Properties settings) {
        return new KafkaProducer<>(settings) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
                var sent = super.send(record, callback);
                if (sent.isDone())
                    mustHaveGoneWell(sent);
                return sent;
            }
        };
    }

    private static void mustHaveGoneWell(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
