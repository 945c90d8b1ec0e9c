package io.orderflow.local.simulation;

/** A process dies here: what the step had in memory is gone, and no error handler gets to see it. */
class Crash extends RuntimeException {
    Crash() {
        super("dies", null, false, false);
    }
}
