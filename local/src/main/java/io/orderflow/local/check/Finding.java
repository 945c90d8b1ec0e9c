package io.orderflow.local.check;

import java.util.List;

/**
 * What was found about one invariant.
 *
 * @param count how many break it
 * @param examples some of them, each with its id first
 * @param notLookedAt why nobody has looked; null where somebody has
 */
public record Finding(Invariant invariant, long count, List<String> examples, String notLookedAt) {

    /** Whether it was looked at, and found broken. */
    public boolean isViolated() {
        return count > 0;
    }
}
