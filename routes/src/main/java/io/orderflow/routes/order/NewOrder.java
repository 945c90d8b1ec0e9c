package io.orderflow.routes.order;

import java.util.List;

/** An order with each SKU on one line, ready to be priced and placed. */
record NewOrder(String customer, String currency, String paymentMethod, List<Line> lines) {

    record Line(String sku, long quantity) {
    }
}
