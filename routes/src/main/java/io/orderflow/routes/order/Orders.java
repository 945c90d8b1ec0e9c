package io.orderflow.routes.order;

import java.util.List;
import java.util.UUID;

/** Where some orders stand. */
record Orders(List<Standing> orders) {

    record Standing(UUID id, OrderStatus status, long version) {
    }
}
