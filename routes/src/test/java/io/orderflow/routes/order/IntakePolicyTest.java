package io.orderflow.routes.order;

import static io.orderflow.routes.order.OrderExamples.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.order.OrderRequest.Line;
import io.orderflow.routes.order.Placements.Placement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakePolicyTest {
    private final IntakePolicy policy = new IntakePolicy();

    private NewOrder number(Line... lines) {
        return policy.number(new OrderRequest("Ada", "EUR", "pm_card_ok", List.of(lines)));
    }

    @Test
    void putsEachSkuOnOneLineInTheOrderOfTheRequest() {
        var order = number(new Line("B", 1L), new Line("A", 2L), new Line("B", 3L));

        assertThat(order.lines()).containsExactly(new NewOrder.Line("B", 4), new NewOrder.Line("A", 2));
        assertThat(order).extracting(NewOrder::customer, NewOrder::currency, NewOrder::paymentMethod).containsExactly("Ada", "EUR", "pm_card_ok");
    }

    @Test
    void numbersOrdersInTheOrderTheyCome() {
        var ids = IntStream.range(0, 1000).mapToObj(n -> number(new Line("A", 1L)).orderId()).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 7).extracting(Object::toString).isSorted();
    }

    @Test
    void takesAsMuchOfASkuAsOneOrderMayHave() {
        assertThat(number(new Line("A", 999L), new Line("A", 1L)).lines()).containsExactly(new NewOrder.Line("A", 1000));
    }

    @Test
    void namesTheLineThatMakesItTooMuchOfASku() {
        var refusal = catchThrowableOfType(Refusal.class, () -> number(new Line("A", 600L), new Line("B", 1L), new Line("A", 401L)));

        assertThat(refusal).extracting("problem").isEqualTo(new Problem("about:blank", "Bad Request", 400, "Some fields are not as they must be",
            List.of(new Fault("lines[2].quantity", "the lines of A come to more than 1000"))));
    }

    @Test
    void passesOnAPlacedOrder() {
        assertThat(policy.judge(new Placement(pending(1), List.of(), List.of(), false))).isEqualTo(pending(1));
    }

    @Test
    void tellsEverythingThatStandsInTheWay() {
        assertThat(policy.judge(new Placement(null, List.of("A", "B"), List.of("C"), true))).isEqualTo(
            new Problem("about:blank", "Unprocessable Content", 422, "The order cannot be placed as it is", List.of(
                new Fault("lines.sku", "A is not sold here"), new Fault("lines.sku", "B is not sold here"), new Fault("lines.sku", "C is not sold in this currency"),
                new Fault("lines", "the total is more than one order may come to"))));
    }
}
