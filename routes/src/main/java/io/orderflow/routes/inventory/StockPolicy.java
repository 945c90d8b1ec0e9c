package io.orderflow.routes.inventory;

import static java.util.stream.Collectors.toMap;

import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.inventory.Judgements.Judgement;
import io.orderflow.routes.inventory.Reservation.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** First come, first served; every line of an order, or none of it. */
class StockPolicy {

    Reservations open(List<OrderCreated> orders) {
        return new Reservations(orders, List.of());
    }

    Judgements judge(Reservations reservations, List<Available> stock) {
        var left = stock.stream().collect(toMap(Available::sku, Available::available, Long::sum, HashMap::new));
        var judgements = new ArrayList<Judgement>();
        for (var order : reservations.undecided()) {
            var wanted = new TreeMap<String, Long>();
            order.lines().forEach(line -> wanted.merge(line.sku(), line.quantity(), Math::addExact));
            var shortOf = wanted.keySet().stream().filter(sku -> left.getOrDefault(sku, 0L) < wanted.get(sku)).toList();
            if (shortOf.isEmpty())
                wanted.forEach((sku, quantity) -> left.merge(sku, -quantity, Long::sum));
            judgements.add(new Judgement(order, wanted.entrySet().stream().map(line -> new Line(line.getKey(), line.getValue())).toList(), shortOf));
        }
        return new Judgements(judgements, reservations.answers());
    }
}
