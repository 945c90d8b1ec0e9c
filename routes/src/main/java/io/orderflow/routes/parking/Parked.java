package io.orderflow.routes.parking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A parked record without its bytes.
 *
 * @param route  who parked it
 * @param cause  the class of what went wrong, in the words of Java
 * @param origin where it was before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Parked(UUID id, String route, ParkedState state, String cause, String message, Origin origin, Instant parkedAt, Instant decidedAt) {
}
