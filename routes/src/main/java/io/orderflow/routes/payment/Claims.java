package io.orderflow.routes.payment;

import io.orderflow.routes.batch.Pass;
import io.orderflow.routes.event.InventoryReserved;
import java.util.List;

/** Reserved orders on their way to be charged: those without a payment row yet, and the payments of the others as they are stored. */
record Claims(List<InventoryReserved> undecided, List<Payment> payments) implements Pass {
}
