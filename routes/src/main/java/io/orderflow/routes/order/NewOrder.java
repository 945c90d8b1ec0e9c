package io.orderflow.routes.order;

import java.util.List;
import java.util.UUID;

/** An order with an id of its own and each SKU on one line, ready to be priced and placed. */
record NewOrder(UUID orderId, String customer, String currency, String paymentMethod, List<Line> lines) {

    record Line(String sku, long quantity) {
    }
}
