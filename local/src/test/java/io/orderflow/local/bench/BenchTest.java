package io.orderflow.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.Disk;
import io.orderflow.local.FreePorts;
import io.orderflow.local.Progress;
import io.orderflow.local.bench.Audit.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plays every scenario for a moment, on one system in processes of its own: what is counted must be right, how fast it is does not matter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchTest {
    private static final int ORDERS = 200;

    private final Settings settings = settings();
    private final Stage stage = new Stage(settings, FreePorts.all(), new Progress(System.out));

    private static Settings settings() {
        Settings settings = new Settings();
        settings.folder = Path.of("target", "bench-test");
        settings.orders = ORDERS;
        settings.seconds = 2;
        settings.rate = 50;
        settings.connections = 8;
        settings.warmUp = 1;
        settings.patience = 150;
        settings.stored = 1000;
        settings.jvmOptions = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m";
        return settings;
    }

    @BeforeAll
    void start() {
        stage.open();
    }

    @AfterAll
    void stop() {
        stage.close();
        Disk.delete(stage.processes().data());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SCALE")
    void everyOrderOfAScenarioEnds(Scenario scenario) {
        stage.laps().clear();

        scenario.play(stage);

        assertThat(stage.laps()).isNotEmpty().allSatisfy(lap -> {
            assertThat(lap.ended()).as("orders that ended in '%s'", lap.name()).isEqualTo(lap.accepted());
            assertThat(lap.failed()).as("requests neither accepted nor told to come again in '%s'", lap.name()).isZero();
            assertThat(lap.refused()).as("orders refused in '%s'", lap.name()).matches(refused -> refused == 0 || scenario == Scenario.OVERLOAD);
            assertThat(lap.timeline().stream().mapToLong(Timeline.Second::ended).sum()).as("orders that ended, second by second").isEqualTo(lap.ended());
            assertThat(lap.cores().keySet()).as("processes whose CPU is known").containsExactlyInAnyOrderElementsOf(Gauges.present()
                ? List.of("Kafka", "order", "inventory", "payment", "PostgreSQL", "load generator") : List.of());
        });
        Verdict verdict = stage.verdict();
        assertThat(verdict.broken()).as("what should be true and is not").isEmpty();
        assertThat(verdict.lost() + verdict.stuck()).as("orders lost or stuck").isZero();
        assertThat(verdict.statuses().values().stream().mapToLong(Long::longValue).sum()).as("orders in the database").isGreaterThanOrEqualTo(verdict.accepted());
    }

    @Test
    void ordersComeManyInARequestToo() {
        Lap lap = stage.lap("bulk", Basket.mixed(3), Pace.orders(ORDERS, 50, 2));

        assertThat(lap.accepted()).isEqualTo(ORDERS);
        assertThat(lap.ended()).isEqualTo(ORDERS);
        assertThat(lap.batches()).as("orders that went through a route at a time").containsKeys("store-orders", "publish-orders", "reserve-inventory", "take-payment");
        assertThat(stage.verdict().clean()).isTrue();
    }

    @Test
    void findsTheOrdersInAnAnswer() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();

        String answer = "{\"results\":[" + String.join(",", Stream.of(one, other).map(id -> "{\"status\":202,\"order\":{\"id\":\"" + id + "\"}}").toList()) + "]}";

        assertThat(Load.ids(answer.getBytes(StandardCharsets.US_ASCII))).containsExactly(one, other);
        assertThat(Load.ids("{\"title\":\"none\",\"id\":\"short\"}".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }
}
