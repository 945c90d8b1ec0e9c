package io.orderflow.routes.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Kafka that a batch is done: the last offset of every partition in it, in one call, on the consumer's own thread. */
public class Commit {
    private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

    @Handler
    public static void commit(Exchange batch) {
        commit(Batch.received(batch));
    }

    /** Where a record was received from. */
    public static TopicPartition partition(Exchange record) {
        return receipt(record).getPartition();
    }

    public static void commit(List<Exchange> records) {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        DefaultKafkaManualCommit receipt = null;
        for (var record : records) {
            receipt = receipt(record);
            done.put(receipt.getPartition(), new OffsetAndMetadata(receipt.getRecordOffset() + 1));
        }
        var consumer = receipt.getCamelExchangePayload().consumer;
        done.keySet().retainAll(consumer.assignment());
        if (done.isEmpty())
            return;
        try {
            consumer.commitSync(done, Duration.ofMillis(receipt.getCommitTimeout()));
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.info("The partitions have moved on; their new owner gets {} records again and gives the same answers", records.size());
        }
    }

    private static DefaultKafkaManualCommit receipt(Exchange record) {
        return record.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    }
}
