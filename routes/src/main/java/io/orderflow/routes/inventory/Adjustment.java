package io.orderflow.routes.inventory;

import io.orderflow.routes.door.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Stock that there is more or less of than was thought.
 *
 * @param id    chosen by the sender, who may tell of the same adjustment again; receipts of the SKU share the ids
 * @param delta how many more, or below zero how many fewer
 */
record Adjustment(
    @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String sku,
    @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String id,
    @NotNull @Min(-Movement.LARGEST) @Max(Movement.LARGEST) Long delta,
    @NotNull @Pattern(regexp = Movement.REASON, message = Movement.REASON_RULE) String reason) {
}
