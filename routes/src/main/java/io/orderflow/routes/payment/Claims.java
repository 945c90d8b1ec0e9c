package io.orderflow.routes.payment;

import static java.util.stream.Collectors.toSet;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.batch.Question;
import io.orderflow.routes.event.InventoryReserved;
import java.util.List;
import java.util.stream.Stream;

/** Reserved orders on their way to be charged: those without a payment row yet, and the payments of the others as they are stored. */
record Claims(List<InventoryReserved> undecided, List<Payment> payments) implements Pass, Question<Payment> {

    @Override
    public Claims answered(List<Payment> rows) {
        var stored = rows.stream().map(Payment::orderId).collect(toSet());
        return new Claims(undecided.stream().filter(reserved -> !stored.contains(reserved.orderId())).toList(), Stream.concat(payments.stream(), rows.stream()).toList());
    }
}
