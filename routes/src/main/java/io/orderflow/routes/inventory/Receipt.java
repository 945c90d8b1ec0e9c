package io.orderflow.routes.inventory;

import io.orderflow.routes.door.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Stock that has come in.
 *
 * @param id chosen by the sender, who may tell of the same receipt again; adjustments of the SKU share the ids
 */
record Receipt(
    @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String sku,
    @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String id,
    @NotNull @Min(1) @Max(Movement.LARGEST) Long quantity,
    @Pattern(regexp = Movement.REASON, message = Movement.REASON_RULE) String reason) {
}
