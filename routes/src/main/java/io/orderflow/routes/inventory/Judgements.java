package io.orderflow.routes.inventory;

import static java.util.stream.Collectors.toMap;

import io.orderflow.routes.batch.Question;
import io.orderflow.routes.event.InventoryFailed;
import io.orderflow.routes.event.InventoryFailed.Reason;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.StockAnswer;
import io.orderflow.routes.inventory.Judgements.Stored;
import io.orderflow.routes.inventory.Reservation.Line;
import io.orderflow.routes.inventory.Reservation.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** What the policy thinks of the undecided orders, in the order they are to be served. */
record Judgements(List<Judgement> judgements, List<StockAnswer> answers) implements Question<Stored> {

    /** An order, all that it asks for, and the SKUs that do not suffice for it; none where it is to get it. */
    record Judgement(OrderCreated order, List<Line> wanted, List<String> shortOf) {
    }

    /** What an order got, as it is stored. */
    record Stored(UUID orderId, State state, List<String> shortOf, Instant decidedAt) {
    }

    @Override
    public Reservations answered(List<Stored> rows) {
        var stored = rows.stream().collect(toMap(Stored::orderId, row -> row, (first, again) -> first));
        var orders = judgements.stream().map(Judgement::order).collect(toMap(OrderCreated::orderId, order -> order, (first, again) -> first, LinkedHashMap::new));
        var undecided = new ArrayList<OrderCreated>();
        var answered = new ArrayList<>(answers);
        for (var order : orders.values())
            if (stored.containsKey(order.orderId()))
                answered.add(answer(order, stored.get(order.orderId())));
            else
                undecided.add(order);
        return new Reservations(undecided, answered);
    }

    private static StockAnswer answer(OrderCreated order, Stored stored) {
        return switch (stored.state()) {
            case HELD, RELEASED -> new InventoryReserved(order.orderId(), order.version(), stored.decidedAt(), order.currency(), order.total(), order.paymentMethod());
            case REFUSED -> new InventoryFailed(order.orderId(), order.version(), stored.decidedAt(), Reason.OUT_OF_STOCK, stored.shortOf());
            case CANCELLED -> new InventoryFailed(order.orderId(), order.version(), stored.decidedAt(), Reason.ORDER_CANCELLED, stored.shortOf());
        };
    }
}
