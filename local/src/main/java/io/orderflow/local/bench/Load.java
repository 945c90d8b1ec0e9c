package io.orderflow.local.bench;

import io.orderflow.local.Together;
import io.orderflow.local.bench.Caller.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The customers: places orders over many connections, each with a thread of its own, and remembers every order that was answered 202. */
class Load {

    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int UUID_LENGTH = 36;
    private static final int SERVICE_UNAVAILABLE = 503;
    /** So that connections that nobody answers do not fill the time with knocking. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

    private final Ends ends;
    private final String authorization;
    private final Collection<UUID> accepted = new ConcurrentLinkedQueue<>();

    Load(Ends ends, String authorization) {
        this.ends = ends;
        this.authorization = authorization;
    }

    /** Places orders at this pace, at all of these ports in turn, and returns when the last request is answered. */
    void run(List<Integer> ports, Basket basket, Pace pace, Timeline timeline) {
        AtomicLong next = new AtomicLong();
        long begin = System.nanoTime();
        List<Runnable> connections = new ArrayList<>();
        for (int n = 0; n < pace.connections(); n++) {
            int port = ports.get(n % ports.size());
            connections.add(() -> {
                try (Caller caller = new Caller(port, authorization)) {
                    for (long request = next.getAndIncrement(); isOn(pace, begin, request); request = next.getAndIncrement()) {
                        place(caller, basket, pace, due(pace, begin, request), timeline);
                    }
                }
            });
        }
        Together.run(connections);
        LockSupport.parkNanos(connections.isEmpty() ? (long) (pace.seconds() * 1e9) : 0);
    }

    private static boolean isOn(Pace pace, long begin, long request) {
        if (pace.fixed()) {
            return request * pace.nanosBetween() < pace.seconds() * 1e9;
        }
        return pace.orders() > 0 ? request * pace.bulk() < pace.orders() : System.nanoTime() - begin < pace.seconds() * 1e9;
    }

    /** Waits until the request is due. */
    private static long due(Pace pace, long begin, long request) {
        if (!pace.fixed()) {
            return System.nanoTime();
        }
        long due = begin + (long) (request * pace.nanosBetween());
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
            LockSupport.parkNanos(early);
        }
        return due;
    }

    private void place(Caller caller, Basket basket, Pace pace, long due, Timeline timeline) {
        byte[] body = basket.json(pace.bulk());
        try {
            Reply reply = caller.post(pace.bulk() > 1 ? "/orders/batch" : "/orders", body);
            long answered = System.nanoTime();
            boolean taken = reply.status() / 100 == 2;
            if (taken || reply.status() == SERVICE_UNAVAILABLE && reply.retryAfter() != null) {
                List<UUID> orders = taken ? ids(reply.body()) : List.of();
                accepted.addAll(orders);
                orders.forEach(order -> ends.placed(order, due));
                timeline.answered(answered - due, orders.size());
                timeline.refused(pace.bulk() - orders.size());
            } else {
                timeline.notServed();
            }
            if (!taken) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        } catch (IOException unanswered) {
            timeline.notServed();
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
    }

    /** The orders that the answer names; to read it as JSON would cost more than all the rest of the request. */
    static List<UUID> ids(byte[] answer) {
        List<UUID> ids = new ArrayList<>();
        for (int at = 0; at + ID.length + UUID_LENGTH <= answer.length; at++) {
            if (answer[at] == '"' && Arrays.equals(answer, at, at + ID.length, ID, 0, ID.length)) {
                ids.add(UUID.fromString(new String(answer, at + ID.length, UUID_LENGTH, StandardCharsets.US_ASCII)));
                at += ID.length + UUID_LENGTH;
            }
        }
        return ids;
    }

    /** Every order that was ever answered 202. */
    Collection<UUID> accepted() {
        return accepted;
    }
}
