package io.orderflow.routes.parking;

/**
 * What came of a decision about many.
 *
 * @param found   how many there were
 * @param decided how many of them are decided on now; the rest waits for the next call
 */
record Swept(long found, long decided, boolean dryRun) {
}
