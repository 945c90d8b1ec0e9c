package io.orderflow.routes.order;

import io.orderflow.routes.door.IdempotencyKey;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.order.Placement.KeyUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What makes a request an order: equal SKUs are merged, then checked; a SKU that is not sold, or not for this currency, refuses the order. */
class IntakePolicy {

    NewOrder merge(OrderRequest request) {
        var quantities = new LinkedHashMap<String, Long>();
        var faults = new ArrayList<Fault>();
        for (var n = 0; n < request.lines().size(); n++) {
            var line = request.lines().get(n);
            if (quantities.merge(line.sku(), line.quantity(), Math::addExact) > OrderRequest.MOST_OF_A_SKU)
                faults.add(new Fault("lines[" + n + "].quantity", "the lines of " + line.sku() + " come to more than " + OrderRequest.MOST_OF_A_SKU));
        }
        if (!faults.isEmpty())
            throw new Refusal(Problem.of(400, "Bad Request", "Some fields are not as they must be", faults));
        return new NewOrder(request.customer(), request.currency(), request.paymentMethod(),
            quantities.entrySet().stream().map(line -> new NewOrder.Line(line.getKey(), line.getValue())).toList());
    }

    /** The same for each of many; what is a problem stays one. */
    List<Object> mergeEach(List<Object> requests) {
        return requests.stream().map(request -> request instanceof OrderRequest order ? Refusal.orProblem(() -> merge(order)) : request).toList();
    }

    /** The order as placed, or the problem that tells why it is not. */
    Object judge(Placement placement) {
        if (placement.keyUse() == KeyUse.IN_FLIGHT)
            return Problem.busy("Another request with this Idempotency-Key is being served; ask again for its answer");
        if (placement.keyUse() == KeyUse.OTHER_REQUEST)
            return Problem.refused("The Idempotency-Key was used for another request", List.of(new Fault(IdempotencyKey.HEADER, "is good for one request only")));
        if (placement.placed() != null)
            return placement.placed().order();
        var refused = placement.refused();
        var faults = new ArrayList<Fault>();
        addFaults(faults, refused.notSold(), "is not sold here");
        addFaults(faults, refused.otherCurrency(), "is not sold in this currency");
        if (refused.tooMuch())
            faults.add(new Fault("lines", "the total is more than one order may come to"));
        return Problem.refused("The order cannot be placed as it is", faults);
    }

    /** The same for each of many, with the status that it would have been answered with alone. */
    OrderResults judgeEach(List<Object> placements) {
        return new OrderResults(placements.stream().map(placement -> placement instanceof Placement placed ? judge(placed) : placement).map(OrderResults::result).toList());
    }

    private static void addFaults(List<Fault> faults, List<String> skus, String message) {
        skus.forEach(sku -> faults.add(new Fault("lines.sku", sku + " " + message)));
    }
}
