package io.orderflow.routes.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Page;
import java.util.List;

/** Some products, by SKU. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductPage(List<Product> items, String next) implements Page {

    @Override
    public ProductPage next(String link) {
        return new ProductPage(items, link);
    }
}
