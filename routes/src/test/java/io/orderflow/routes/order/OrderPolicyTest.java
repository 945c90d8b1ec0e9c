package io.orderflow.routes.order;

import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.cancelledBefore;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.orderCancelled;
import static io.orderflow.routes.event.Examples.outOfStock;
import static io.orderflow.routes.order.OrderExamples.paid;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.rejected;
import static io.orderflow.routes.order.OrderExamples.settled;
import static io.orderflow.routes.order.OrderExamples.standing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.event.OrderPaymentUpdated;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.event.PaymentGenerated;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.failure.Unacceptable;
import io.orderflow.routes.order.Changes.Change;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderPolicyTest {
    private final OrderPolicy policy = new OrderPolicy();

    private Changes judge(Order order, Event... events) {
        return policy.judge(policy.open(List.of(events)), List.of(standing(order)));
    }

    @Test
    void aCapturedPaymentMakesAPendingOrderPaid() {
        assertThat(judge(pending(1), captured(1)).changes()).containsExactly(new Change(captured(1), 1, OrderStatus.PAID, PaymentStatus.PAID, null));
    }

    @Test
    void aDeclinedPaymentFailsAPendingOrderAndSaysWhy() {
        assertThat(judge(pending(1), declined(1)).changes())
            .containsExactly(new Change(declined(1), 1, OrderStatus.PAYMENT_FAILED, PaymentStatus.DECLINED, "PAYMENT_DECLINED: card_declined"));
    }

    @Test
    void aDeclineWithoutAReasonIsStillAReason() {
        var decline = new PaymentGenerated(id(1), 1, AT, Outcome.DECLINED, "EUR", 1998, null);

        assertThat(judge(pending(1), decline).changes()).extracting(Change::reason).containsExactly("PAYMENT_DECLINED");
    }

    @Test
    void shortStockRejectsAPendingOrderAndNamesTheSkus() {
        assertThat(judge(pending(1), outOfStock(1, "SKU-1", "SKU-2")).changes())
            .containsExactly(new Change(outOfStock(1, "SKU-1", "SKU-2"), 1, OrderStatus.REJECTED, null, "OUT_OF_STOCK: SKU-1, SKU-2"));
    }

    @Test
    void stockThatWasRefusedForACancellationChangesNothing() {
        assertThat(judge(pending(1), cancelledBefore(1))).isEqualTo(new Changes(List.of(), List.of(), List.of(id(1))));
    }

    static Stream<Order> ended() {
        return Stream.of(paid(1), OrderExamples.declined(1), rejected(1));
    }

    @ParameterizedTest
    @MethodSource("ended")
    void anOrderLeavesPendingOnceAndForGood(Order order) {
        for (var event : List.of(captured(1), declined(1), outOfStock(1, "SKU-1"), orderCancelled(1)))
            assertThat(judge(order, event)).isEqualTo(new Changes(List.of(), List.of(), List.of(order.id())));
    }

    @Test
    void aSecondEventForTheSameOrderWaitsUntilTheFirstIsStored() {
        var changes = policy.judge(policy.open(List.of(captured(1), captured(2), declined(1), captured(1))), List.of(standing(pending(1)), standing(pending(2))));

        assertThat(changes.changes()).extracting(Change::event).containsExactly(captured(1), captured(2));
        assertThat(changes.waiting()).containsExactly(declined(1), captured(1));
    }

    @Test
    void keepsTheOrdersThatWereSettledInEarlierPasses() {
        var changes = policy.judge(new Updates(List.of(captured(1)), List.of(settled(paid(2)))), List.of(standing(pending(1))));

        assertThat(changes.settled()).containsExactly(id(2));
    }

    @Test
    void cannotAcceptAnEventAboutAnOrderThatNobodyPlaced() {
        assertThatThrownBy(() -> judge(pending(1), captured(2))).isInstanceOf(Unacceptable.class);
    }

    @Test
    void tellsOfAPaidOrderThatItIsPaid() {
        assertThat(policy.announce(new Updates(List.of(), List.of(settled(paid(1)))))).containsExactly(
            new OrderPaymentUpdated(id(1), 2, AT, "Ada", PaymentStatus.PAID, "EUR", 1998, null));
    }

    @Test
    void tellsOfADeclinedOrderAlsoThatItIsToBeUndone() {
        assertThat(policy.announce(new Updates(List.of(), List.of(settled(OrderExamples.declined(1)))))).containsExactly(
            new OrderPaymentUpdated(id(1), 2, AT, "Ada", PaymentStatus.DECLINED, "EUR", 1998, "PAYMENT_DECLINED: card_declined"),
            new OrderCancelled(id(1), 2, AT, "Ada", "PAYMENT_DECLINED: card_declined"));
    }

    @Test
    void tellsNothingOfAnOrderWhosePaymentNeverChanged() {
        assertThat(policy.announce(new Updates(List.of(), List.of(settled(pending(1)), settled(rejected(2)))))).isEmpty();
    }
}
