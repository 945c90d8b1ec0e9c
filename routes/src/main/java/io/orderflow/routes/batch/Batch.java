package io.orderflow.routes.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The records as they were received, kept beside whatever the body becomes on its way down the route. */
public final class Batch {
    private static final String RECEIVED = "received";
    private static final String RECEIVED_AT = "received-at";
    private static final String UNREADABLE = "unreadable";

    private Batch() {
    }

    /** Remembers the body of a fresh batch; every later call gives the same list. */
    @SuppressWarnings("unchecked")
    public static List<Exchange> received(Exchange exchange) {
        var records = (List<Exchange>) exchange.getProperty(RECEIVED);
        if (records == null) {
            records = exchange.getMessage().getBody(List.class);
            exchange.setProperty(RECEIVED, records);
            exchange.setProperty(RECEIVED_AT, receivedAt(exchange));
        }
        return records;
    }

    /** Makes {@code part} carry some of the records of {@code whole}; it is as old as the whole, so all share one time for retries. */
    public static void carryOn(Exchange part, List<Exchange> records, Exchange whole) {
        part.getMessage().setBody(records);
        part.setProperty(RECEIVED, records);
        part.setProperty(RECEIVED_AT, receivedAt(whole));
    }

    /** How long this batch has been in hand. */
    public static Duration age(Exchange exchange) {
        return Duration.ofMillis(System.currentTimeMillis() - receivedAt(exchange));
    }

    private static long receivedAt(Exchange exchange) {
        return exchange.getProperty(RECEIVED_AT, exchange.getClock().getCreated(), Long.class);
    }

    /** Sets records aside that cannot be read, each with why. */
    static void setUnreadable(Exchange exchange, Map<Exchange, Exception> unreadable) {
        exchange.setProperty(UNREADABLE, unreadable);
    }

    /** The records that were set aside. */
    @SuppressWarnings("unchecked")
    public static Map<Exchange, Exception> unreadable(Exchange exchange) {
        return exchange.getProperty(UNREADABLE, Map.of(), Map.class);
    }
}
