package io.orderflow.routes.batch;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
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
 * been away since the start, each of them would wait for {@code max.block.ms}. And a producer that lets nothing linger sends the first of them while the others are still being
 * written: what was one batch goes in several requests, is received in several, and is several batches from then on. So nothing leaves before
 * somebody asks, and then all of it does.
 */
public class RouteClients extends DefaultKafkaClientFactory {
    private static final Duration IDLE = Duration.ofMillis(100);
    /** Much longer than it takes to write a batch; nobody waits for as long. */
    private static final int LINGER_MILLIS = 1_000;
    /** More than a partition gets of a large batch. */
    private static final int BATCH_BYTES = 128 * 1024;

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
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return new KafkaProducer<>(settings) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
                var sent = super.send(record, callback);
                if (sent.isDone())
                    mustHaveGoneWell(sent);
                return new SentWhenAsked(sent, this::flush);
            }
        };
    }

    private record SentWhenAsked(Future<RecordMetadata> sent, Runnable flush) implements Future<RecordMetadata> {
        @Override
        public RecordMetadata get() throws InterruptedException, ExecutionException {
            if (!sent.isDone())
                flush.run();
            return sent.get();
        }

        @Override
        public RecordMetadata get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            if (!sent.isDone())
                flush.run();
            return sent.get(timeout, unit);
        }

        @Override
        public boolean isDone() {
            return sent.isDone();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return sent.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return sent.isCancelled();
        }
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
