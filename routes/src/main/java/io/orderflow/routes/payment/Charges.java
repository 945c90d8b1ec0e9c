package io.orderflow.routes.payment;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.util.List;

/** The gateway's answers on their way into the books: those not recorded yet, and the payments that are decided. */
record Charges(List<Charged> undecided, List<Payment> payments) implements Pass {
}
