package io.orderflow.routes.order;

/** How many orders are on their way, and how long intake waits so that they do not become ever more. */
class Backlog {
    private static final long MILLIS_FOR_AS_MANY_AGAIN = 100;
    private static final long LONGEST_MILLIS = 1_000;

    private final int free;
    private volatile long pending;

    /** Nobody waits while no more than so many orders are on their way. */
    Backlog(int free) {
        this.free = free;
    }

    void see(long pending) {
        this.pending = pending;
    }

    /** How long the next batch of orders is kept waiting, in milliseconds: the longer, the more orders are on their way. */
    long pause() {
        return Math.min(LONGEST_MILLIS, Math.max(0, pending - free) * MILLIS_FOR_AS_MANY_AGAIN / free);
    }
}
