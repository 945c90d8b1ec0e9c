package io.orderflow.routes.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Page;
import java.util.List;

/** Some of the stock, by SKU. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StockPage(List<StockItem> items, String next) implements Page {

    @Override
    public StockPage next(String link) {
        return new StockPage(items, link);
    }
}
