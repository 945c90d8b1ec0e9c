package io.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.Disk;
import io.orderflow.local.FreePorts;
import io.orderflow.local.Progress;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of what is done to the system, on one system in processes of its own; what kills at random moments and the other scenarios do, has system tests of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosTest {
    private static final int ORDERS_BETWEEN_FAULTS = 10;
    private static final int POINTS_OF_EACH_APP = 2;

    private Target target;

    @BeforeAll
    void start() {
        Settings settings = new Settings();
        settings.folder = Path.of("target", "chaos-test");
        settings.brief = true;
        settings.orders = ORDERS_BETWEEN_FAULTS;
        settings.points = POINTS_OF_EACH_APP;
        long seed = Long.getLong("orderflow.seed", new Random().nextLong() >>> 1);
        Progress progress = new Progress(System.out);
        progress.say("chaos with seed " + seed + " (again with -Dorderflow.seed=" + seed + ")");
        target = new Target(settings, FreePorts.all(), seed, progress).open();
    }

    @AfterAll
    void stop() {
        target.close();
        Disk.delete(target.data());
    }

    @ParameterizedTest
    @EnumSource(names = {"POINTS", "BROKER", "DUPLICATES", "POISON", "ROLLING"})
    void everyPromiseIsKept(Fault fault) {
        long before = target.ended();
        assertThat(Chaos.play(fault, target)).as("promises that were broken").isEmpty();
        assertThat(target.verdict().looked().get("orders")).as("orders that were looked at").isGreaterThanOrEqualTo(before + ORDERS_BETWEEN_FAULTS);
    }
}
