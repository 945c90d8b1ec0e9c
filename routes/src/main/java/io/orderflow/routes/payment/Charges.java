package io.orderflow.routes.payment;

import static java.util.stream.Collectors.toSet;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.batch.Question;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.util.List;
import java.util.stream.Stream;

/** The gateway's answers on their way into the books: those not recorded yet, and the payments that are decided. */
record Charges(List<Charged> undecided, List<Payment> payments) implements Pass, Question<Payment> {

    @Override
    public Charges answered(List<Payment> rows) {
        var stored = rows.stream().map(Payment::orderId).collect(toSet());
        return new Charges(undecided.stream().filter(charged -> !stored.contains(charged.key())).toList(),
            Stream.concat(payments.stream(), rows.stream().filter(Payment::isDecided)).toList());
    }
}
