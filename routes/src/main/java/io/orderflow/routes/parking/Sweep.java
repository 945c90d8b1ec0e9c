package io.orderflow.routes.parking;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * All that a route has parked and nobody has decided on, or what of it has one cause.
 *
 * @param route  who parked it
 * @param cause  the class of what went wrong, with or without its package; any where nothing is said
 * @param dryRun true changes nothing, and tells how many there are
 * @param reason why, for whoever asks later
 */
record Sweep(
    @NotNull @Pattern(regexp = ParkedQuery.ROUTE, message = ParkedQuery.ROUTE_RULE) String route,
    @Pattern(regexp = ParkedQuery.CAUSE, message = ParkedQuery.CAUSE_RULE) String cause,
    @NotNull Boolean dryRun,
    @NotNull @Pattern(regexp = Discard.REASON, message = Discard.REASON_RULE) String reason) {
}
