package io.orderflow.routes.inventory;

import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.inventoryReserved;
import static io.orderflow.routes.event.Examples.line;
import static io.orderflow.routes.event.Examples.orderCreated;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.inventory.Judgements.Judgement;
import io.orderflow.routes.inventory.Reservation.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockPolicyTest {
    private final StockPolicy policy = new StockPolicy();
    private final List<Available> stock = List.of(new Available("SKU-1", 5), new Available("SKU-2", 1), new Available("SKU-3", 0));

    private List<List<String>> shortOf(OrderCreated... orders) {
        return policy.judge(policy.open(List.of(orders)), stock).judgements().stream().map(Judgement::shortOf).toList();
    }

    @Test
    void opensABatchWithEveryOrderUndecided() {
        assertThat(policy.open(List.of(orderCreated(1), orderCreated(2)))).isEqualTo(new Reservations(List.of(orderCreated(1), orderCreated(2)), List.of()));
    }

    @Test
    void acceptsAnOrderThatTakesTheLastPiece() {
        assertThat(shortOf(orderCreated(1, line("SKU-1", 5), line("SKU-2", 1)))).containsExactly(List.of());
    }

    @Test
    void namesEverySkuThatDoesNotSuffice() {
        assertThat(shortOf(orderCreated(1, line("SKU-3", 1), line("SKU-1", 5), line("SKU-2", 2)))).containsExactly(List.of("SKU-2", "SKU-3"));
    }

    @Test
    void knowsNoSkuThatIsNotListed() {
        assertThat(shortOf(orderCreated(1, line("SKU-unknown", 1)))).containsExactly(List.of("SKU-unknown"));
    }

    @Test
    void servesFirstWhoComesFirst() {
        assertThat(shortOf(orderCreated(1, line("SKU-1", 3)), orderCreated(2, line("SKU-1", 3)), orderCreated(3, line("SKU-1", 2))))
            .containsExactly(List.of(), List.of("SKU-1"), List.of());
    }

    @Test
    void takesNothingForAnOrderThatFallsShort() {
        assertThat(shortOf(orderCreated(1, line("SKU-1", 5), line("SKU-3", 1)), orderCreated(2, line("SKU-1", 5)))).containsExactly(List.of("SKU-3"), List.of());
    }

    @Test
    void addsUpLinesOfTheSameSku() {
        assertThat(shortOf(orderCreated(1, line("SKU-1", 3), line("SKU-1", 3)))).containsExactly(List.of("SKU-1"));
    }

    @Test
    void addsUpExactlyWhateverAnEventMaySay() {
        var most = line("SKU-1", 1_000_000);

        assertThat(shortOf(orderCreated(1, most, most, most, most))).containsExactly(List.of("SKU-1"));
    }

    @Test
    void keepsTheAnswersOfEarlierPasses() {
        var open = new Reservations(List.of(orderCreated(2)), List.of(inventoryReserved(1)));

        assertThat(policy.judge(open, stock)).isEqualTo(new Judgements(List.of(new Judgement(orderCreated(2), wanted(orderCreated(2)), List.of())), List.of(inventoryReserved(1))));
    }

    private static List<Line> wanted(OrderCreated order) {
        return order.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    }

    @Test
    void asksForEachSkuOnce() {
        assertThat(policy.judge(policy.open(List.of(orderCreated(1, line("SKU-2", 1), line("SKU-1", 3), line("SKU-2", 4)))), stock).judgements())
            .singleElement().satisfies(judgement -> assertThat(judgement.wanted()).containsExactly(new Line("SKU-1", 3), new Line("SKU-2", 5)));
    }

    @Test
    void judgesEachOrderAtItsPlace() {
        assertThat(policy.judge(policy.open(List.of(orderCreated(2), orderCreated(1))), stock).judgements()).extracting(judgement -> judgement.order().orderId())
            .containsExactly(id(2), id(1));
    }
}
