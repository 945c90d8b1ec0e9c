package io.orderflow.routes.order;

import io.orderflow.routes.order.Order.Line;
import io.orderflow.routes.order.Order.Step;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a batch of new orders, each at its place. */
record Placements(List<Placement> placements) {

    /** An order as it was placed; or, with none, why not. */
    record Placement(Placed placed, Refused refused) {
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
