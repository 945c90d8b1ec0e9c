package io.orderflow.routes.order;

import io.orderflow.routes.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Stands in for the orders' table: looks orders up, and moves those on that still are at the version they were judged at. */
class OrderBook {
    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    OrderBook(Order... orders) {
        Stream.of(orders).forEach(order -> this.orders.put(order.id(), order));
    }

    void put(Order order) {
        orders.put(order.id(), order);
    }

    Order get(UUID id) {
        return orders.get(id);
    }

    List<Standing> lookUp(Updates updates) {
        return updates.undecided().stream().map(Event::orderId).distinct().map(orders::get).filter(order -> order != null).map(OrderExamples::standing).toList();
    }

    Updates change(Changes changes) {
        var undecided = new ArrayList<>(changes.waiting());
        var settled = new ArrayList<>(changes.settled());
        changes.changes().forEach(change -> {
            var order = orders.get(change.event().orderId());
            if (order.version() == change.version()) {
                put(OrderExamples.moved(order, change));
                settled.add(order.id());
            } else
                undecided.add(change.event());
        });
        return new Updates(List.copyOf(undecided), settled.stream().map(orders::get).map(OrderExamples::settled).toList());
    }
}
