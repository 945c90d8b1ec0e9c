package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.orderCancelled;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.OrderCancelled;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, ReleaseInventory.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ReleaseInventoryTest {
    private static final TopicPartition CANCELLATIONS = new TopicPartition(ORDER_CANCELLED, 0);

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("release-inventory");
        bench.step("release-stock").whenAnyExchangeReceived(answering(Releases.class, releases -> new Releases(List.of())));
    }

    @Test
    void givesBackWhatCancelledOrdersHold() {
        assertThat(failure(bench.receive(ORDER_CANCELLED, orderCancelled(1), orderCancelled(2)))).isNull();

        assertThat(bench.bodies("release-stock", Releases.class)).containsExactly(new Releases(List.of(orderCancelled(1), orderCancelled(2))));
        assertThat(bench.records().commits()).containsExactly(Map.of(CANCELLATIONS, 2L));
    }

    @Test
    void asksAgainForWhatAnAnswerLeavesOut() {
        bench.step("release-stock").whenAnyExchangeReceived(answering(Releases.class, releases -> new Releases(releases.undecided().subList(1, releases.undecided().size()))));

        assertThat(failure(bench.receive(ORDER_CANCELLED, orderCancelled(1), orderCancelled(2)))).isNull();

        assertThat(bench.bodies("release-stock", Releases.class)).extracting(releases -> releases.undecided().stream().map(OrderCancelled::orderId).toList())
            .containsExactly(List.of(id(1), id(2)), List.of(id(2)));
        assertThat(bench.journal()).containsExactly("release-stock", "release-stock", "commit");
    }

    @Test
    void parksARecordThatCannotBeRead() {
        assertThat(failure(bench.receive(ORDER_CANCELLED, "", orderCancelled(1)))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody(byte[].class)).isEqualTo("".getBytes(UTF_8));
            assertThat(parked.getHeaders()).containsEntry("parked-topic", ORDER_CANCELLED).containsEntry("parked-offset", "0");
        });
        assertThat(bench.journal()).containsExactly("release-stock", "park", "commit");
        assertThat(bench.records().commits()).containsExactly(Map.of(CANCELLATIONS, 2L));
    }

    @Test
    void aFailedReleaseReachesNoCommit() {
        var away = new SQLException("terminating connection due to administrator command", "57P01");
        bench.step("release-stock").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.receive(ORDER_CANCELLED, orderCancelled(1), "{nonsense"))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("release-stock");
    }
}
