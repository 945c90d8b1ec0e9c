package io.orderflow.routes.event;

import io.orderflow.routes.event.InventoryFailed.Reason;
import io.orderflow.routes.event.OrderCreated.Line;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events as they could have happened; the number tells the order. */
public final class Examples {
    public static final Instant AT = Instant.parse("2026-11-01T09:30:00.123456Z");

    private Examples() {
    }

    /** The id of the order of this number. */
    public static UUID id(int number) {
        return new UUID(0x019a_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    public static OrderCreated orderCreated(int number, Line... lines) {
        return new OrderCreated(id(number), 1, AT, "Ada", "EUR", 1998, "pm_card_ok", lines.length == 0 ? List.of(line("SKU-1", 2)) : List.of(lines));
    }

    public static Line line(String sku, long quantity) {
        return new Line(sku, quantity, 999);
    }

    public static InventoryReserved inventoryReserved(int number) {
        return new InventoryReserved(id(number), 1, AT, "EUR", 1998, "pm_card_ok");
    }

    public static InventoryFailed outOfStock(int number, String... shortOf) {
        return new InventoryFailed(id(number), 1, AT, Reason.OUT_OF_STOCK, List.of(shortOf));
    }

    public static InventoryFailed cancelledBefore(int number) {
        return new InventoryFailed(id(number), 1, AT, Reason.ORDER_CANCELLED, List.of());
    }

    public static PaymentGenerated captured(int number) {
        return new PaymentGenerated(id(number), 1, AT, Outcome.CAPTURED, "EUR", 1998, null);
    }

    public static PaymentGenerated declined(int number) {
        return new PaymentGenerated(id(number), 1, AT, Outcome.DECLINED, "EUR", 1998, "card_declined");
    }

    public static OrderPaymentUpdated paymentUpdated(int number, PaymentStatus status) {
        return new OrderPaymentUpdated(id(number), 2, AT, "Ada", status, "EUR", 1998, null);
    }

    public static OrderCancelled orderCancelled(int number) {
        return new OrderCancelled(id(number), 2, AT, "Ada", "PAYMENT_DECLINED: card_declined");
    }
}
