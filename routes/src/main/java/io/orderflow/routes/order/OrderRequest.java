package io.orderflow.routes.order;

import io.orderflow.routes.door.Request;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What a customer asks for; what it costs is for us to say. Who does not say for whom it is orders for themselves. */
record OrderRequest(
    @Pattern(regexp = PRINTABLE, message = "must be 1 to 100 printable characters") String customer,
    @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as EUR") String currency,
    @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "must be 1 to 64 letters, digits, _ or -") String paymentMethod,
    @NotEmpty @Size(max = 50) List<@NotNull @Valid Line> lines) {

    static final long MOST_OF_A_SKU = 1000;
    static final String PRINTABLE = "(?=.*\\S)[^\\p{C}]{1,100}";

    record Line(
        @NotNull @Pattern(regexp = Request.SKU, message = Request.SKU_RULE) String sku,
        @NotNull @Min(1) @Max(MOST_OF_A_SKU) Long quantity) {
    }
}
