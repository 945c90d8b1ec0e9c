package io.orderflow.routes.parking;

import java.util.UUID;

/** What is to become of one parked record, and who says so. */
record Decision(UUID id, ParkedState state, String by, String reason) {

    /** The same of all that match, so many at most. */
    record OfAll(String route, String cause, boolean dryRun, ParkedState state, String by, String reason, int most) {
    }
}
