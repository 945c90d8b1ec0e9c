package io.orderflow.routes.order;

import java.time.Duration;

/** Keys to forget: those kept for so many seconds, so many at a time; and how many were there the last time. */
record OldKeys(long seconds, int most, int forgotten) {
    private static final int AT_A_TIME = 1000;

    static OldKeys keptFor(Duration age) {
        return new OldKeys(age.toSeconds(), AT_A_TIME, AT_A_TIME);
    }

    /** Whether there may be more. */
    public boolean isSome() {
        return forgotten == most;
    }
}
