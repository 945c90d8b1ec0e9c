package io.orderflow.routes.order;

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
@SpringBootTest(classes = {Workbench.class, ForgetKeysTest.TwoDays.class, ForgetKeys.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ForgetKeysTest {
    @Autowired
    Bench bench;

    @TestConfiguration
    static class TwoDays {
        @Bean
        OrderSettings settings() {
            return new OrderSettings(1, Duration.ofDays(2));
        }
    }

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("forget-keys");
    }

    private void forgets(Integer... counts) {
        var found = new ArrayDeque<>(List.of(counts));
        bench.step("forget-old-keys").whenAnyExchangeReceived(answering(OldKeys.class, keys -> new OldKeys(keys.seconds(), keys.most(), found.remove())));
    }

    @Test
    void forgetsSomeAtATimeUntilNoOldKeyIsLeft() {
        forgets(1000, 1000, 3);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("forget-old-keys", OldKeys.class)).extracting(OldKeys::seconds).containsExactly(172_800L, 172_800L, 172_800L);
    }

    @Test
    void asksOnceWhereThereIsNothingOld() {
        forgets(0);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.journal()).containsExactly("forget-old-keys");
    }
}
