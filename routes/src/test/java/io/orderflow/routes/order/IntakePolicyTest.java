package io.orderflow.routes.order;

import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.placed;
import static io.orderflow.routes.order.OrderExamples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.order.OrderRequest.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakePolicyTest {
    private final IntakePolicy policy = new IntakePolicy();

    private NewOrder merge(Line... lines) {
        return policy.merge(new OrderRequest("Ada", "EUR", "pm_card_ok", List.of(lines)));
    }

    @Test
    void putsEachSkuOnOneLineInTheOrderOfTheRequest() {
        var order = merge(new Line("B", 1L), new Line("A", 2L), new Line("B", 3L));

        assertThat(order.lines()).containsExactly(new NewOrder.Line("B", 4), new NewOrder.Line("A", 2));
        assertThat(order).extracting(NewOrder::customer, NewOrder::currency, NewOrder::paymentMethod).containsExactly("Ada", "EUR", "pm_card_ok");
    }

    @Test
    void takesAsMuchOfASkuAsOneOrderMayHave() {
        assertThat(merge(new Line("A", 999L), new Line("A", 1L)).lines()).containsExactly(new NewOrder.Line("A", 1000));
    }

    @Test
    void namesTheLineThatMakesItTooMuchOfASku() {
        var refusal = catchThrowableOfType(Refusal.class, () -> merge(new Line("A", 600L), new Line("B", 1L), new Line("A", 401L)));

        assertThat(refusal).extracting("problem").isEqualTo(Problem.of(400, "Bad Request", "Some fields are not as they must be",
            List.of(new Fault("lines[2].quantity", "the lines of A come to more than 1000"))));
    }

    @Test
    void passesOnAPlacedOrder() {
        assertThat(policy.judge(placed(1))).isEqualTo(pending(1));
    }

    @Test
    void tellsEverythingThatStandsInTheWay() {
        assertThat(policy.judge(refused(List.of("A", "B"), List.of("C"), true))).isEqualTo(
            Problem.of(422, "Unprocessable Content", "The order cannot be placed as it is", List.of(
                new Fault("lines.sku", "A is not sold here"), new Fault("lines.sku", "B is not sold here"), new Fault("lines.sku", "C is not sold in this currency"),
                new Fault("lines", "the total is more than one order may come to"))));
    }

    @Test
    void mergesEachOfManyAndLeavesAProblemWhereItIs() {
        var good = new OrderRequest("Ada", "EUR", "pm_card_ok", List.of(new Line("A", 1L), new Line("A", 1L)));
        var tooMuch = new OrderRequest("Bob", "EUR", "pm_card_ok", List.of(new Line("A", 600L), new Line("A", 600L)));
        var problem = Problem.of(400, "Bad Request", "unreadable", List.of());

        assertThat(policy.mergeEach(List.of(good, tooMuch, problem))).satisfiesExactly(
            merged -> assertThat(merged).isEqualTo(new NewOrder("Ada", "EUR", "pm_card_ok", List.of(new NewOrder.Line("A", 2)))),
            refused -> assertThat(refused).isInstanceOfSatisfying(Problem.class, it -> assertThat(it.errors()).extracting(Fault::field).containsExactly("lines[1].quantity")),
            unreadable -> assertThat(unreadable).isSameAs(problem));
    }

    @Test
    void givesEachOfManyTheStatusItWouldHaveHadAlone() {
        var problem = Problem.of(400, "Bad Request", "unreadable", List.of());

        var results = policy.judgeEach(List.of(placed(1), problem, refused(List.of("A"), List.of(), false))).results();

        assertThat(results).extracting(OrderResults.Result::status).containsExactly(202, 400, 422);
        assertThat(results).extracting(OrderResults.Result::order).containsExactly(pending(1), null, null);
        assertThat(results.get(1).problem()).isSameAs(problem);
    }
}
