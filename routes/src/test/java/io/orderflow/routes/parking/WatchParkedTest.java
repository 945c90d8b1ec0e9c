package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, ParkedCounts.class, WatchParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class WatchParkedTest {
    @Autowired
    Bench bench;
    @Autowired
    ParkedCounts counts;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("watch-parked");
        counts.bindTo(meters);
    }

    private double parked(String route) {
        return meters.get("orderflow.parked").tag("route", route).gauge().value();
    }

    @Test
    void whatIsSeenIsWhatTheMetricsAndTheHealthTell() {
        bench.step("count-parked-records").whenAnyExchangeReceived(answering(Object.class, nothing -> Map.of("take-payment", 3)));

        assertThat(failure(bench.send(null))).isNull();

        assertThat(parked("take-payment")).isEqualTo(3);
        assertThat(parked("reject-order")).isZero();
        assertThat(counts.health()).isEqualTo(Health.up().withDetail("take-payment", 3).build());
    }

    @Test
    void anOutageLeavesTheCountsAsTheyWereSeenLast() {
        counts.see(Map.of("take-payment", 5));
        bench.step("count-parked-records").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P03")));

        bench.send(null);

        assertThat(parked("take-payment")).isEqualTo(5);
    }

    @Test
    void nobodyHasLookedYet() {
        new ParkedCounts().bindTo(new SimpleMeterRegistry());

        assertThat(new ParkedCounts().health().getStatus()).isEqualTo(Status.UP);
    }
}
