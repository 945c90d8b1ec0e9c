package io.orderflow.routes.parking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderflow.routes.event.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * How many records each route has parked that nobody has decided on, as they were seen last: the gauge {@code orderflow.parked}, and a
 * detail of the health. They take no app down, for everything else goes on.
 */
class ParkedCounts implements MeterBinder, HealthIndicator {
    private volatile Map<String, Number> seen;

    void see(Map<String, Number> counts) {
        seen = Map.copyOf(counts);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (var route : Topics.listeners())
            Gauge.builder("orderflow.parked", () -> count(route)).tag("route", route).description("Records that a route has parked and nobody has decided on").register(meters);
    }

    /** Not a number until somebody has looked. */
    private double count(String route) {
        var counts = seen;
        return counts == null ? Double.NaN : counts.getOrDefault(route, 0).doubleValue();
    }

    @Override
    public Health health() {
        var counts = seen;
        return Health.up().withDetails(counts == null ? Map.of() : new TreeMap<String, Object>(counts)).build();
    }
}
