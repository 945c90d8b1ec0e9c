package io.orderflow.routes.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.IdempotencyKey.Keyed;
import java.util.List;

/** An order with each SKU on one line, ready to be priced and placed; with the key it came under and its place under it, if it has one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewOrder(String customer, String currency, String paymentMethod, List<Line> lines, String key, Integer place) implements Keyed {

    NewOrder(String customer, String currency, String paymentMethod, List<Line> lines) {
        this(customer, currency, paymentMethod, lines, null, null);
    }

    @Override
    public NewOrder under(String key, int place) {
        return new NewOrder(customer, currency, paymentMethod, lines, key, place);
    }

    record Line(String sku, long quantity) {
    }
}
