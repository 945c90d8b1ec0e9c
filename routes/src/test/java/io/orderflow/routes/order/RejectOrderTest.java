package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.cancelledBefore;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.outOfStock;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.order.OrderExamples.paid;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.rejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.failure.Unacceptable;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, RejectOrder.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class RejectOrderTest {
    private static final TopicPartition FAILURES = new TopicPartition(INVENTORY_FAILED, 0);

    @Autowired
    Bench bench;

    private final OrderBook book = new OrderBook(pending(1), pending(2));

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("reject-order");
        bench.step("look-up-orders-short").whenAnyExchangeReceived(answering(Updates.class, book::lookUp));
        bench.step("change-orders-short").whenAnyExchangeReceived(answering(Changes.class, book::change));
    }

    @Test
    void rejectsAnOrderThatStockDoesNotSufficeFor() {
        assertThat(failure(bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1")))).isNull();

        assertThat(book.get(id(1))).isEqualTo(rejected(1));
        assertThat(bench.records().commits()).containsExactly(Map.of(FAILURES, 1L));
    }

    @Test
    void leavesAnOrderAloneThatWasCancelledBefore() {
        assertThat(failure(bench.receive(INVENTORY_FAILED, cancelledBefore(1)))).isNull();

        assertThat(book.get(id(1))).isEqualTo(pending(1));
        assertThat(bench.records().commits()).containsExactly(Map.of(FAILURES, 1L));
    }

    @Test
    void changesNothingWhenTheSameFailureComesAgain() {
        bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1"));
        bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1"), outOfStock(1, "SKU-1"));

        assertThat(book.get(id(1))).isEqualTo(rejected(1));
    }

    @Test
    void changesNothingOfAnOrderThatHasLeftPending() {
        book.put(paid(1));

        assertThat(failure(bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1")))).isNull();

        assertThat(book.get(id(1))).isEqualTo(paid(1));
    }

    @Test
    void judgesAnOrderAgainThatHasMovedMeanwhile() {
        var moved = new AtomicBoolean();
        bench.step("change-orders-short").whenAnyExchangeReceived(answering(Changes.class, changes -> {
            if (moved.compareAndSet(false, true))
                book.put(paid(1));
            return book.change(changes);
        }));

        assertThat(failure(bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1"), outOfStock(2, "SKU-1")))).isNull();

        assertThat(bench.bodies("look-up-orders-short", Updates.class)).extracting(Updates::undecided)
            .containsExactly(List.of(outOfStock(1, "SKU-1"), outOfStock(2, "SKU-1")), List.of(outOfStock(1, "SKU-1")));
        assertThat(book.get(id(1))).isEqualTo(paid(1));
        assertThat(book.get(id(2))).isEqualTo(rejected(2));
    }

    @Test
    void parksARecordThatCannotBeRead() {
        assertThat(failure(bench.receive(INVENTORY_FAILED, "null", outOfStock(1, "SKU-1")))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody(byte[].class)).isEqualTo("null".getBytes(UTF_8));
            assertThat(parked.getHeaders()).containsEntry("parked-topic", INVENTORY_FAILED).containsEntry("parked-offset", "0");
        });
        assertThat(bench.journal()).containsExactly("look-up-orders-short", "change-orders-short", "park", "commit");
    }

    @Test
    void parksARecordAboutAnOrderThatNobodyPlaced() {
        assertThat(failure(bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1"), outOfStock(99, "SKU-1"), outOfStock(2, "SKU-1")))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody(byte[].class)).isEqualTo(bench.records().letter(outOfStock(99, "SKU-1")).getBody());
            assertThat(parked.getHeaders()).containsEntry("parked-offset", "1").containsEntry("parked-error", Unacceptable.class.getName());
        });
        assertThat(book.get(id(1))).isEqualTo(rejected(1));
        assertThat(book.get(id(2))).isEqualTo(rejected(2));
        assertThat(bench.records().commits()).extracting(commit -> commit.get(FAILURES)).isSorted().endsWith(3L);
    }

    @Test
    void aFailedChangeReachesNoCommit() {
        var away = new SQLException("canceling statement due to user request", "57014");
        bench.step("change-orders-short").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.receive(INVENTORY_FAILED, outOfStock(1, "SKU-1"), "{nonsense"))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("look-up-orders-short", "change-orders-short");
    }
}
