package io.orderflow.routes.order;

import java.util.List;

/** Some orders as they stand. */
record Orders(List<Order> orders) {
}
