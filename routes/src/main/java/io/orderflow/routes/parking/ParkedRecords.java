package io.orderflow.routes.parking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.routes.batch.Batch;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Reads what was parked. Nothing is taken apart, so there is nothing that cannot be read. The headers are those of the record itself,
 * not what has become of them in Camel: a stranger's headers stay bytes, and never steer anything.
 */
class ParkedRecords {
    private static final String ENDING = ".parked";

    List<Find> read(Exchange batch) {
        return Batch.received(batch).stream().map(record -> find(record.getMessage())).toList();
    }

    private static Find find(Message record) {
        var topic = record.getHeader(KafkaConstants.TOPIC, String.class);
        var headers = record.getHeader(KafkaConstants.HEADERS, new RecordHeaders(), Headers.class);
        return new Find(topic.substring(0, topic.length() - ENDING.length()), topic,
            record.getHeader(KafkaConstants.PARTITION, Integer.class), record.getHeader(KafkaConstants.OFFSET, Long.class),
            Instant.ofEpochMilli(record.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
            record.getHeader(KafkaConstants.KEY, byte[].class), record.getBody(byte[].class),
            StreamSupport.stream(headers.spliterator(), false).map(header -> new Find.Header(storable(header.key()), header.value())).toList(),
            text(headers, "parked-error"), text(headers, "parked-message"),
            new Origin(text(headers, "parked-topic"), text(headers, "parked-partition"), text(headers, "parked-offset")));
    }

    private static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : storable(new String(header.value(), UTF_8));
    }

    /** PostgreSQL has no NUL in a text. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
