package io.orderflow.routes.order;

import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.id;

import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.order.Changes.Change;
import io.orderflow.routes.order.Order.Line;
import io.orderflow.routes.order.Order.Step;
import io.orderflow.routes.order.Placement.KeyUse;
import io.orderflow.routes.order.Placement.Placed;
import io.orderflow.routes.order.Placement.Refused;
import io.orderflow.routes.order.Updates.Settled;
import java.util.ArrayList;
import java.util.List;

/** Orders as they could be stored; the number tells which. */
final class OrderExamples {
    private OrderExamples() {
    }

    static Order pending(int number) {
        return new Order(id(number), "Ada", OrderStatus.PENDING, null, "EUR", 1998, "pm_card_ok", List.of(new Line("SKU-1", "Lamp", 2, 999)), 1, AT, AT,
            List.of(new Step(1, OrderStatus.PENDING, null, null, AT)));
    }

    static Placement placed(int number) {
        return new Placement(new Placed(id(number), AT, "Ada", "EUR", 1998, "pm_card_ok", List.of(new Line("SKU-1", "Lamp", 2, 999))), null, null);
    }

    static Placement refused(List<String> notSold, List<String> otherCurrency, boolean tooMuch) {
        return new Placement(null, new Refused(notSold, otherCurrency, tooMuch), null);
    }

    /** The same, as it is answered to who asks again under its key. */
    static Placement used(KeyUse use, Placement placement) {
        return new Placement(placement.placed(), placement.refused(), use);
    }

    /** Where an order stands. */
    static Standing standing(Order order) {
        return new Standing(order.id(), order.status(), order.version());
    }

    /** What there is to tell of an order. */
    static Settled settled(Order order) {
        return new Settled(order.id(), order.customer(), order.currency(), order.total(), order.timeline());
    }

    static Order paid(int number) {
        return moved(pending(number), OrderStatus.PAID, PaymentStatus.PAID, null);
    }

    static Order declined(int number) {
        return moved(pending(number), OrderStatus.PAYMENT_FAILED, PaymentStatus.DECLINED, "PAYMENT_DECLINED: card_declined");
    }

    static Order rejected(int number) {
        return moved(pending(number), OrderStatus.REJECTED, null, "OUT_OF_STOCK: SKU-1");
    }

    /** The order after a change, as the statement stores it. */
    static Order moved(Order order, Change change) {
        return moved(order, change.status(), change.paymentStatus(), change.reason());
    }

    private static Order moved(Order order, OrderStatus status, PaymentStatus paymentStatus, String reason) {
        var timeline = new ArrayList<>(order.timeline());
        timeline.add(new Step(order.version() + 1, status, paymentStatus, reason, AT));
        return new Order(order.id(), order.customer(), status, reason, order.currency(), order.total(), order.paymentMethod(), order.lines(),
            order.version() + 1, order.createdAt(), AT, timeline);
    }
}
