package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, ForgetParkedTest.ThirtyDays.class, ForgetParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ForgetParkedTest {
    @Autowired
    Bench bench;

    @TestConfiguration
    static class ThirtyDays {
        @Bean
        ParkingSettings settings() {
            return new ParkingSettings(Duration.ofDays(30));
        }
    }

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("forget-parked");
    }

    private void forgets(Integer... counts) {
        var found = new ArrayDeque<>(List.of(counts));
        bench.step("forget-old-parked-records").whenAnyExchangeReceived(answering(OldParked.class, old -> new OldParked(old.seconds(), old.most(), found.remove())));
    }

    @Test
    void forgetsSomeAtATimeUntilNoOldRecordIsLeft() {
        forgets(100, 100, 3);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("forget-old-parked-records", OldParked.class)).extracting(OldParked::seconds).containsExactly(2_592_000L, 2_592_000L, 2_592_000L);
    }

    @Test
    void asksOnceWhereThereIsNothingOld() {
        forgets(0);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.journal()).containsExactly("forget-old-parked-records");
    }
}
