package io.orderflow.routes.inventory;

import io.orderflow.routes.door.Page;
import io.orderflow.routes.door.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * How much of the stock to show, by SKU.
 *
 * @param limit how many at most
 * @param after go on after this SKU
 */
record StockQuery(@Min(1) @Max(Page.LARGEST) Integer limit, @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String after) {

    StockQuery {
        limit = limit == null ? Integer.valueOf(Page.USUAL) : limit;
    }
}
