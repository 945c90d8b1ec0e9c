package io.orderflow.routes.failure;

import io.orderflow.routes.batch.Batch;
import io.orderflow.routes.event.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records aside, byte for byte, in {@code <route-id>.parked}: returns only when the broker has them. */
public class Parking implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final int LONGEST_MESSAGE = 500;

    private CamelContext camel;
    private ProducerTemplate post;

    @Handler
    public void parkUnreadable(Exchange batch) {
        park(batch, Batch.unreadable(batch));
    }

    /** Parks records with why each could not be used. Fails, and leaves the batch uncommitted, where the broker does not take them. */
    public void park(Exchange batch, Map<Exchange, ? extends Throwable> records) {
        if (records.isEmpty())
            return;
        List<Message> parked = new ArrayList<>();
        records.forEach((record, why) -> parked.add(parked(record.getMessage(), why)));
        var first = records.values().iterator().next();
        LOG.warn("{} parks {} record(s), the first because of {}", batch.getFromRouteId(), records.size(), first.toString());
        try {
            post.sendBody("kafka:" + Topics.parked(batch.getFromRouteId()), parked);
        } catch (CamelExecutionException e) {
            if (Failure.of(e) == Failure.PERMANENT)
                throw new IllegalStateException("A record cannot be parked, and nothing else can be done with it: " + e.getCause().getMessage());
            throw e;
        }
    }

    private Message parked(Message record, Throwable why) {
        var parked = new DefaultMessage(camel);
        parked.setBody(record.getBody());
        parked.setHeader(KafkaConstants.KEY, record.getHeader(KafkaConstants.KEY));
        parked.setHeader("parked-topic", record.getHeader(KafkaConstants.TOPIC));
        parked.setHeader("parked-partition", String.valueOf(record.getHeader(KafkaConstants.PARTITION)));
        parked.setHeader("parked-offset", String.valueOf(record.getHeader(KafkaConstants.OFFSET)));
        parked.setHeader("parked-error", why.getClass().getName());
        parked.setHeader("parked-message", abbreviated(String.valueOf(why.getMessage())));
        return parked;
    }

    private static String abbreviated(String text) {
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
        this.post = camel.createProducerTemplate();
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }
}
