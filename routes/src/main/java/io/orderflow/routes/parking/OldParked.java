package io.orderflow.routes.parking;

import java.time.Duration;

/** Records to forget: those decided on so many seconds ago, so many at a time; and how many were there the last time. */
record OldParked(long seconds, int most, int forgotten) {
    private static final int AT_A_TIME = 100;

    static OldParked keptFor(Duration age) {
        return new OldParked(age.toSeconds(), AT_A_TIME, AT_A_TIME);
    }

    /** Whether there may be more. */
    public boolean isSome() {
        return forgotten == most;
    }
}
