package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I11;
import static io.orderflow.local.check.Invariant.REST;

import io.orderflow.local.check.Wire.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Waits until nothing is on its way: only then can be said what is wrong. To wait in vain is a finding like any other. */
class Rest {
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final Deployment where;
    private final Wire wire;
    private final Findings findings;
    private Map<TopicPartition, Long> ends = Map.of();

    Rest(Deployment where, Wire wire, Findings findings) {
        this.where = where;
        this.wire = wire;
        this.findings = findings;
    }

    /** Returns when all is at rest, or when patience has run out and that is noted. */
    void await(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> moving = moving();
        while (!moving.isEmpty() && System.nanoTime() < deadline) {
            sleep();
            moving = moving();
        }
        moving.forEach(something -> findings.add(REST, "after " + patience.toSeconds() + " s: " + something));
        ends = ends();
    }

    /** What is on its way, in words. Whatever an earlier part of the flow has to do is asked before what comes after it. */
    List<String> moving() {
        List<String> moving = new ArrayList<>();
        count(moving, "orders", "select count(*) from orders where status = 'PENDING'", "orders are PENDING");
        count(moving, "orders", "select count(*) from outbox", "events are in the outbox of orders");
        count(moving, "payments", "select count(*) from payment where state = 'PENDING'", "payments are PENDING");
        count(moving, "payments", "select count(*) from outbox", "events are in the outbox of payments");
        count(moving, "orders", "select count(*) from parked where to_send", "parked records are still to be replayed");
        Map<String, Long> lags = new TreeMap<>();
        wire.positions().stream().filter(position -> !position.isAtTheEnd()).forEach(position -> lags.merge(position.group(), position.end() - position.committed(), Long::sum));
        lags.forEach((group, lag) -> moving.add(lag + " records are before " + group));
        return moving;
    }

    private void count(List<String> moving, String database, String query, String what) {
        String count = Rows.list(where.database(database), query).get(0);
        if (!count.equals("0")) {
            moving.add(count + " " + what);
        }
    }

    /** Whether everybody has committed all there is, and nothing has come since; to be asked last. */
    void isItStill() {
        wire.positions().stream().filter(position -> !position.isAtTheEnd()).map(Position::words).forEach(words -> findings.add(I11, words));
        Map<TopicPartition, Long> now = ends();
        if (!now.equals(ends)) {
            findings.add(REST, "records came while we looked: stop what places orders, and look again");
        }
    }

    private Map<TopicPartition, Long> ends() {
        return wire.ends(Wire.EVENTS);
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotLook("What is on its way", e);
        }
    }
}
