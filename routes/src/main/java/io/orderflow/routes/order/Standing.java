package io.orderflow.routes.order;

import java.util.UUID;

/** Where an order stands. */
record Standing(UUID id, OrderStatus status, long version) {
}
