package io.orderflow.routes.order;

import io.orderflow.routes.door.Page;
import io.orderflow.routes.door.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * Which products to show, by SKU; what is not said matches all.
 *
 * @param limit how many at most
 * @param after go on after this SKU
 */
record ProductQuery(Boolean active, @Min(1) @Max(Page.LARGEST) Integer limit, @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String after) {

    ProductQuery {
        limit = limit == null ? Integer.valueOf(Page.USUAL) : limit;
    }
}
