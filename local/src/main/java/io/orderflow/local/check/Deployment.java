package io.orderflow.local.check;

import io.orderflow.local.Database;
import java.util.List;
import java.util.Map;

/**
 * Where a running system keeps what it knows.
 *
 * @param brokers the address that Kafka clients start from
 * @param kafka more settings of a Kafka client, as for a login
 * @param databases {@code orders}, {@code inventory}, {@code payments} and {@code gateway} by name
 */
public record Deployment(String brokers, Map<String, String> kafka, Map<String, Database> databases) {
    static final List<String> DATABASES = List.of("orders", "inventory", "payments", "gateway");

    public Deployment(String brokers, Map<String, Database> databases) {
        this(brokers, Map.of(), databases);
    }

    Database database(String name) {
        return databases.get(name);
    }
}
