package io.orderflow.routes.order;

import java.util.List;

/** What became of a batch of new orders, each at its place. */
record Placements(List<Placement> placements) {

    /** The order as it was placed; or none, and why not. */
    record Placement(Order order, List<String> notSold, List<String> otherCurrency, boolean tooMuch) {
    }
}
