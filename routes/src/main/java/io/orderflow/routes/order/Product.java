package io.orderflow.routes.order;

import io.orderflow.routes.door.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * What is sold, and for how much.
 *
 * @param price  in minor units of {@code currency}
 * @param active whether it can be ordered; it can where nothing is said
 */
record Product(
    @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String sku,
    @NotNull @Pattern(regexp = "(?=.*\\S)[^\\p{C}]{1,200}", message = "must be 1 to 200 printable characters") String name,
    @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as EUR") String currency,
    @NotNull @Min(0) @Max(1_000_000_000_000L) Long price,
    Boolean active) {
}
