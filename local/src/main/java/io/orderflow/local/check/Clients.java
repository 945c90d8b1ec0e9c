package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I1;
import static io.orderflow.local.check.Invariant.I12;

import io.orderflow.local.check.ClientLog.Line;
import io.orderflow.local.check.ClientLog.Outcome;
import io.orderflow.local.check.Rows.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Compares the orders with what the clients remember. The log is held in memory, with some 300 bytes for each request. */
class Clients {
    private final Deployment where;
    private final ClientLog log;
    private final Findings findings;
    private final Map<UUID, Line> accepted = new HashMap<>();
    /** By customer and key. */
    private final Map<String, Asked> asked = new HashMap<>();
    private final Map<UUID, List<Line>> reads = new HashMap<>();

    Clients(Deployment where, ClientLog log, Findings findings) {
        this.where = where;
        this.log = log;
        this.findings = findings;
    }

    /** What was asked under one key: the orders it was answered with, and the bodies of requests that may have become one. */
    private static class Asked {
        private final Set<UUID> orders = new HashSet<>();
        private final List<String> unknown = new ArrayList<>();
        private int found;
    }

    /** Answers how many requests there were. */
    long compare() {
        long[] count = new long[1];
        log.forEach(line -> {
            count[0]++;
            if (line.what().equals("place")) {
                remember(line);
            } else if (line.what().equals("read")) {
                reads.computeIfAbsent(line.order(), none -> new ArrayList<>()).add(line);
            }
        });
        compareOrders();
        reads.forEach(this::compareReads);
        return count[0];
    }

    private void remember(Line line) {
        Asked own = asked.computeIfAbsent(who(line.customer(), line.key()), none -> new Asked());
        if (line.outcome() == Outcome.INFO) {
            own.unknown.add(line.body());
        } else if (line.outcome() == Outcome.OK) {
            own.orders.add(line.order());
            Line earlier = accepted.putIfAbsent(line.order(), line);
            if (earlier != null && !(earlier.customer().equals(line.customer()) && earlier.body().equals(line.body()) && earlier.total().equals(line.total()))) {
                findings.add(I1, line.order() + ": two requests that differ were answered with this order");
            }
            if (earlier != null && line.to() < earlier.to()) {
                accepted.put(line.order(), line);
            }
            if (line.key() != null && own.orders.size() > 1) {
                findings.add(I1, line.order() + ": key " + line.key() + " of " + line.customer() + " was answered with another order before");
            }
        }
    }

    private void compareOrders() {
        Map<UUID, String> keys = new HashMap<>();
        Rows.each(where.database("orders"),
            "select (placed ->> 'orderId')::uuid, case when place > 0 then key || '/' || place else key end from idempotency_key where placed is not null", row -> keys.put(row.id(), row.text(0)));
        Set<UUID> there = new HashSet<>();
        Rows.each(where.database("orders"), "select id, customer, currency, payment_method, lines::text, total from orders", row -> {
            if (accepted.containsKey(row.id())) {
                there.add(row.id());
            }
            compare(row, keys.get(row.id()));
        });
        accepted.keySet().stream().filter(order -> !there.contains(order)).forEach(order -> findings.add(I1, order + ": accepted, and not there"));
    }

    private void compare(Row order, String key) {
        String body = ClientLog.body(order.text(0), order.text(1), order.text(2), Books.quantities(order.text(3)));
        Line line = accepted.get(order.id());
        Asked own = asked.get(who(order.text(0), key));
        if (line != null) {
            if (!line.body().equals(body) || line.total() != order.number(4)) {
                findings.add(I1, order.id() + ": stored otherwise than it was placed");
            }
            key = line.key();
            own = asked.get(who(line.customer(), key));
        } else if (own == null || !own.unknown.remove(body)) {
            findings.add(I1, order.id() + ": nobody placed it, or whoever did was told otherwise (" + order.text(0) + (key == null ? "" : ", key " + key) + ")");
        }
        if (own != null && ++own.found > 1 && key != null) {
            findings.add(I1, order.id() + ": another order of key " + key + " of " + order.text(0));
        }
    }

    /** Of an order's reads only those count that were asked after something was known. */
    private void compareReads(UUID order, List<Line> lines) {
        Line placed = accepted.get(order);
        lines.sort(Comparator.comparing(Line::from));
        Line ended = null;
        for (Line read : lines) {
            if (read.status() == 404 && placed != null && read.from() >= placed.to()) {
                findings.add(I12, order + ": accepted, and then not found");
            }
            if (ended != null && read.state() != null && read.from() >= ended.to() && !read.state().equals(ended.state())) {
                findings.add(I12, order + ": " + ended.state() + ", and then " + read.state());
            }
            if (read.state() != null && !read.state().equals("PENDING") && (ended == null || read.to() < ended.to())) {
                ended = read;
            }
        }
    }

    private static String who(String customer, String key) {
        return customer + "\n" + (key == null ? "" : key);
    }
}
