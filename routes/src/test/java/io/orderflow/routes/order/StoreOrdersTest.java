package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.order.OrderExamples.placed;
import static io.orderflow.routes.order.OrderExamples.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, StoreOrdersTest.Asked.class, StoreOrders.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class StoreOrdersTest {
    private static final List<NewOrder> NEW_ORDERS = List.of(newOrder(1, "SKU-1"), newOrder(2, "SKU-unknown"));
    private static final List<Placement> PLACEMENTS = List.of(
        placed(1), refused(List.of("SKU-unknown"), List.of(), false));

    @Autowired
    Bench bench;
    @Autowired
    Asked backlog;

    /** Notes how often intake has asked how long to wait, and what it had done by then. */
    static class Asked extends Backlog {
        private final List<List<String>> journals = new ArrayList<>();
        private Bench bench;

        Asked() {
            super(1);
        }

        @Override
        long pause(List<?> orders) {
            journals.add(List.copyOf(bench.journal()));
            return 1;
        }
    }

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("store-orders");
        backlog.bench = bench;
        backlog.journals.clear();
        bench.step("place-orders").whenAnyExchangeReceived(answering(List.class, orders -> PLACEMENTS));
    }

    private static NewOrder newOrder(int number, String sku) {
        return new NewOrder("Ada-" + number, "EUR", "pm_card_ok", List.of(new NewOrder.Line(sku, 2)));
    }

    @Test
    void storesAllThatCameInTogetherByOneStatement() {
        bench.send(NEW_ORDERS);

        assertThat(bench.bodies("place-orders", List.class)).containsExactly(NEW_ORDERS);
    }

    @Test
    void waitsForCompletionBeforeMoreIsAccepted() {
        bench.send(NEW_ORDERS);

        assertThat(backlog.journals).containsExactly(List.of());
    }

    @Test
    void handsOutWhatBecameOfEachAtItsPlace() {
        assertThat(bench.send(NEW_ORDERS).getMessage().getBody()).isEqualTo(PLACEMENTS);
    }

    @Test
    void wakesTheRelayOnceTheOrdersAreStored() {
        bench.send(NEW_ORDERS);

        assertThat(bench.journal()).containsExactly("place-orders", "wake-the-relay");
    }

    @Test
    void aFailedStatementWakesNobodyAndIsNotRepeatedHere() {
        var away = new SQLException("the database system is shutting down", "57P03");
        bench.step("place-orders").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.send(NEW_ORDERS))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("place-orders");
    }
}
