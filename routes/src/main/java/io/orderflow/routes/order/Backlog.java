package io.orderflow.routes.order;

import io.orderflow.routes.door.Gather;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many orders are on their way, and how long intake waits so that they do not become ever more. */
class Backlog implements Gather.Pace {
    private static final long MILLIS_FOR_AS_MANY_AGAIN = 100;
    private static final long LONGEST_MILLIS = 1_000;

    private final int free;
    private final AtomicLong cameSince = new AtomicLong();
    private volatile long pending;

    /** Nobody waits while no more than so many orders are on their way. */
    Backlog(int free) {
        this.free = free;
    }

    void see(long pending) {
        this.pending = pending;
        cameSince.set(0);
    }

    /** Counts a batch of new orders in, and says how long it is kept waiting, in milliseconds: the longer, the more orders were on their way at the last look. */
    long pause(List<?> orders) {
        cameSince.addAndGet(orders.size());
        return Math.min(LONGEST_MILLIS, Math.max(0, pending - free) * MILLIS_FOR_AS_MANY_AGAIN / free);
    }

    /** There is room for what was on its way when somebody looked, with all that has come since. */
    @Override
    public boolean allowsSeveral() {
        return pending + cameSince.get() < free;
    }
}
