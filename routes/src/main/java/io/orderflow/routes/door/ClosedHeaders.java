package io.orderflow.routes.door;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Lets headers from outside in by an allow-list. Whatever a stranger names a header, it never becomes one that Camel or a component
 * acts on (CVE-2025-27636, CVE-2026-49098).
 */
public final class ClosedHeaders {
    private static final Set<String> HTTP = Set.of("content-type", "accept");

    private ClosedHeaders() {
    }

    /** For HTTP headers, query and form parameters; path parameters do not pass here. */
    public static class Http extends HttpHeaderFilterStrategy {
        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            return !HTTP.contains(name.toLowerCase(Locale.ROOT)) || super.applyFilterToExternalHeaders(name, value, exchange);
        }
    }

    /** For Kafka: nothing that a record carries beside key and value comes in. */
    public static class Kafka extends KafkaHeaderFilterStrategy {
        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            return true;
        }
    }
}
