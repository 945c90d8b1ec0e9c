package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.batch.Json.ONE_TYPE;

import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** Reads a batch of Kafka records; the ones that cannot be read stay behind for parking, the others go on. */
public class Records<E> {
    private final ObjectReader reader;

    public Records(Class<E> type) {
        this.reader = (type.isInterface() ? JSON : ONE_TYPE).readerFor(type);
    }

    @Handler
    public List<E> read(Exchange batch) {
        List<E> events = new ArrayList<>();
        Map<Exchange, Exception> unreadable = new LinkedHashMap<>();
        for (var record : Batch.received(batch))
            try {
                events.add(read(record.getMessage().getBody(byte[].class)));
            } catch (Exception e) {
                unreadable.put(record, e);
            }
        Batch.setUnreadable(batch, unreadable);
        return events;
    }

    private E read(byte[] value) throws Exception {
        if (value == null)
            throw new IllegalArgumentException("The record has no value");
        E event = reader.readValue(value);
        if (event == null)
            throw new IllegalArgumentException("The record's value is the JSON null");
        return event;
    }
}
