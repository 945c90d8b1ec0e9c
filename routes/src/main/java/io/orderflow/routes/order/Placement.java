package io.orderflow.routes.order;

import io.orderflow.routes.door.IdempotencyKey.Repeatable;
import io.orderflow.routes.order.Order.Line;
import io.orderflow.routes.order.Order.Step;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a new order: as it was placed; or, with none, why not. The use of its key is told where that is not the first. */
record Placement(Placed placed, Refused refused, KeyUse keyUse) implements Repeatable {
    @Override
    public boolean isReplayed() {
        return keyUse == KeyUse.REPLAYED;
    }

    /** What a key is found to be used for already: the same request, another, or one that is being served. */
    enum KeyUse {
        REPLAYED, OTHER_REQUEST, IN_FLIGHT
    }

    /** What is told of an order when it is placed. */
    record Placed(UUID orderId, Instant occurredAt, String customer, String currency, long total, String paymentMethod, List<Line> lines) {

        Order order() {
            return new Order(orderId, customer, OrderStatus.PENDING, null, currency, total, paymentMethod, lines, 1, occurredAt, occurredAt,
                List.of(new Step(1, OrderStatus.PENDING, null, null, occurredAt)));
        }
    }

    /** The SKUs that are not sold, or not for the order's currency; or that it would come to more than an order may. */
    record Refused(List<String> notSold, List<String> otherCurrency, boolean tooMuch) {
    }
}
