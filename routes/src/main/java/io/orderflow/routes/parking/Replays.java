package io.orderflow.routes.parking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;

/** Records to send again, so many at most at a time. */
record Replays(int most, List<Replay> replays) {

    /** No turn has ended here; Camel asks all the same, once more when a step of the loop has failed. */
    public boolean isSome() {
        return false;
    }

    /** A record to send again, to the route that parked it. */
    record Replay(UUID id, String route, byte[] key, byte[] payload) {
    }

    /** How many of the most that a turn takes were done. */
    record Turn(int most, int done) {
        private static final int AT_A_TIME = 20;

        static Turn first() {
            return new Turn(AT_A_TIME, AT_A_TIME);
        }

        /** Whether there may be more. */
        public boolean isSome() {
            return done == most;
        }
    }

    /** What became of them: sent, or refused for good, and why. */
    record Sent(int most, List<Outcome> told) {

        /** No turn has ended here either. */
        @JsonIgnore
        public boolean isSome() {
            return false;
        }
    }

    /** @param refused why the broker will never take it; null where it has it */
    record Outcome(UUID id, String refused) {
    }
}
