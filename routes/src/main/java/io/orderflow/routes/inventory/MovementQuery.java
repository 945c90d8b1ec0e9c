package io.orderflow.routes.inventory;

import io.orderflow.routes.door.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
/**
 * Which movements of a SKU to show, newest first.
 *
 * @param limit how many at most
 * @param after go on after the movement at this place in the ledger
 */
record MovementQuery(
    String sku,
    @Min(1) @Max(Page.LARGEST) Integer limit,
    @Min(1) Long after) {

    MovementQuery {
        limit = limit == null ? Integer.valueOf(Page.USUAL) : limit;
    }
}
