package io.orderflow.routes.order;

import static io.orderflow.routes.order.OrderStatus.PAID;
import static io.orderflow.routes.order.OrderStatus.PAYMENT_FAILED;
import static io.orderflow.routes.order.OrderStatus.PENDING;
import static io.orderflow.routes.order.OrderStatus.REJECTED;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.InventoryFailed;
import io.orderflow.routes.event.InventoryFailed.Reason;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.event.OrderPaymentUpdated;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.event.PaymentGenerated;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.failure.Unacceptable;
import io.orderflow.routes.order.Changes.Change;
import io.orderflow.routes.order.Order.Step;
import io.orderflow.routes.order.Updates.Settled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an order becomes by what happens to it: it leaves PENDING once, by the first answer it gets, and for good. */
class OrderPolicy {

    Updates open(List<? extends Event> events) {
        return new Updates(List.copyOf(events), List.of());
    }

    /** Judges one event for each order; a second one for the same order waits until the first is stored. */
    Changes judge(Updates updates, List<Standing> orders) {
        var byId = orders.stream().collect(Collectors.toMap(Standing::id, Function.identity()));
        var changes = new ArrayList<Change>();
        var waiting = new ArrayList<Event>();
        var settled = updates.settled().stream().map(Settled::id).collect(Collectors.toCollection(ArrayList::new));
        var inHand = new HashSet<UUID>();
        for (var event : updates.undecided()) {
            var order = byId.get(event.orderId());
            if (order == null)
                throw new Unacceptable("There is no order " + event.orderId());
            if (!inHand.add(order.id()))
                waiting.add(event);
            else
                change(order, event).ifPresentOrElse(changes::add, () -> settled.add(order.id()));
        }
        return new Changes(changes, waiting, settled);
    }

    /** What the stored orders have to tell about their payment: the same at each replay, for it is told from the stored steps alone. */
    List<Event> announce(Updates updates) {
        return updates.settled().stream().flatMap(order -> order.timeline().stream()
            .filter(step -> step.paymentStatus() != null)
            .flatMap(step -> announce(order, step))).toList();
    }

    private static Stream<Event> announce(Settled order, Step step) {
        var updated = new OrderPaymentUpdated(order.id(), step.version(), step.at(), order.customer(), step.paymentStatus(), order.currency(), order.total(), step.reason());
        return step.status() == PAYMENT_FAILED
            ? Stream.of(updated, new OrderCancelled(order.id(), step.version(), step.at(), order.customer(), step.reason()))
            : Stream.of(updated);
    }

    private static Optional<Change> change(Standing order, Event event) {
        if (order.status() != PENDING)
            return Optional.empty();
        if (event instanceof PaymentGenerated payment)
            return Optional.of(payment.outcome() == Outcome.CAPTURED
                ? new Change(event, order.version(), PAID, PaymentStatus.PAID, null)
                : new Change(event, order.version(), PAYMENT_FAILED, PaymentStatus.DECLINED, payment.reason() == null ? "PAYMENT_DECLINED" : "PAYMENT_DECLINED: " + payment.reason()));
        if (event instanceof InventoryFailed failed && failed.reason() == Reason.OUT_OF_STOCK)
            return Optional.of(new Change(event, order.version(), REJECTED, null, "OUT_OF_STOCK: " + String.join(", ", failed.shortOf())));
        return Optional.empty();
    }
}
