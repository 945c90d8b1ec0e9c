package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.sql.SQLException;
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
@SpringBootTest(classes = {Workbench.class, WatchBacklogTest.Setting.class, WatchBacklog.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class WatchBacklogTest {
    @Autowired
    Bench bench;
    @Autowired
    Backlog backlog;

    @TestConfiguration
    static class Setting {
        @Bean
        Backlog backlog() {
            return new Backlog(2000);
        }
    }

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("watch-backlog");
        backlog.see(0);
    }

    @Test
    void whatIsSeenIsWhatIntakeWaitsFor() {
        bench.step("count-pending-orders").whenAnyExchangeReceived(answering(Integer.class, seconds -> 4000L));

        assertThat(failure(bench.send(null))).isNull();

        assertThat(backlog.pause(List.of())).isEqualTo(100);
        assertThat(bench.bodies("count-pending-orders", Integer.class)).containsExactly(60);
    }

    @Test
    void anOutageLeavesTheBacklogAsItWasSeenLast() {
        backlog.see(4000);
        bench.step("count-pending-orders").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P03")));

        bench.send(null);

        assertThat(backlog.pause(List.of())).isEqualTo(100);
    }
}
