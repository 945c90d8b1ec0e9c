package io.orderflow.routes.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.routes.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualSyncCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Records as Kafka hands them over, each with a real receipt on the client's own mock consumer: what is committed can be seen. */
public class TestRecords {
    private final CamelContext camel;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<Map<TopicPartition, Long>> commits = new ArrayList<>();
    private Collection<TopicPartition> revoked = List.of();
    private Consumer<Map<TopicPartition, Long>> onCommit = commit -> { };

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            Map<TopicPartition, Long> commit = new HashMap<>();
            offsets.forEach((partition, offset) -> commit.put(partition, offset.offset()));
            onCommit.accept(commit);
            super.commitSync(offsets, timeout);
            commits.add(commit);
        }
    };

    public TestRecords(CamelContext camel) {
        this.camel = camel;
    }

    /** A batch of records of one partition; an event travels as the bytes of its letter, a text as it stands, null as no value. */
    public List<Exchange> batch(String topic, Object... values) {
        return Arrays.stream(values).map(value -> record(topic, 0, value)).toList();
    }

    /** The next record of a partition. */
    public Exchange record(String topic, int partition, Object value) {
        if (value instanceof Event event)
            return record(topic, partition, key(event), letter(event).getBody(byte[].class));
        return record(topic, partition, null, value instanceof String text ? text.getBytes(UTF_8) : (byte[]) value);
    }

    /** The next record of a partition. */
    public Exchange record(String topic, int partition, byte[] key, byte[] value) {
        var place = new TopicPartition(topic, partition);
        var offset = ends.merge(place, 1L, Long::sum) - 1;
        consumer.assign(ends.keySet().stream().filter(known -> !revoked.contains(known)).toList());
        var record = new DefaultExchange(camel);
        var message = record.getMessage();
        message.setBody(value);
        message.setHeader(KafkaConstants.TOPIC, topic);
        message.setHeader(KafkaConstants.PARTITION, partition);
        message.setHeader(KafkaConstants.OFFSET, offset);
        if (key != null)
            message.setHeader(KafkaConstants.KEY, key);
        message.setHeader(KafkaConstants.MANUAL_COMMIT, new DefaultKafkaManualSyncCommit(
            new CamelExchangePayload(record, consumer, "test", null), new KafkaRecordPayload(place, offset, 5_000), null));
        return record;
    }

    /** The key of whatever is about an event's order. */
    public static byte[] key(Event event) {
        return event.orderId().toString().getBytes(UTF_8);
    }

    /** Starts over: nothing sent, nothing committed. */
    public void reset() {
        ends.clear();
        commits.clear();
        revoked = List.of();
        onCommit = commit -> { };
    }

    /** Takes partitions away from this consumer. */
    public void revoke(TopicPartition... partitions) {
        revoked = List.of(partitions);
        consumer.assign(ends.keySet().stream().filter(known -> !revoked.contains(known)).toList());
    }

    /** Looks at what is about to be committed, and may prevent it. */
    public void onCommit(Consumer<Map<TopicPartition, Long>> look) {
        onCommit = look;
    }

    /** What each commit said, one after the other: the next offset of each partition. */
    public List<Map<TopicPartition, Long>> commits() {
        return commits;
    }

    /** The event as a route sends it. */
    public Message letter(Event event) {
        return letters(List.of(event)).get(0);
    }

    /** Events of one type as a route sends them, each once. */
    @SuppressWarnings("unchecked")
    public List<Message> letters(List<? extends Event> events) {
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(events);
        var groups = (Collection<List<Message>>) Letters.byType(Function.<List<? extends Event>>identity()).evaluate(exchange, Object.class);
        return groups.iterator().next();
    }
}
