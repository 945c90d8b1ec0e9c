package io.orderflow.routes.parking;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * A parked record that is never to be tried again.
 *
 * @param reason why, for whoever asks later
 */
record Discard(@NotNull UUID id, @NotNull @Pattern(regexp = REASON, message = REASON_RULE) String reason) {
    static final String REASON = "(?=.*\\S)[^\\p{C}]{1,200}";
    static final String REASON_RULE = "must be 1 to 200 printable characters";
}
