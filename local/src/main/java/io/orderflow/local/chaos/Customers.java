package io.orderflow.local.chaos;

import io.orderflow.local.Demo;
import io.orderflow.local.bench.Caller;
import io.orderflow.local.bench.Caller.Reply;
import io.orderflow.local.bench.Shelves;
import io.orderflow.local.check.ClientLog;
import io.orderflow.local.check.ClientLog.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The customers at the order app's door, as long as they are let in: about three of ten orders are to be refused, declined or without an answer of the
 * gateway at first, six of ten lines are for one and the same product, and one of twenty requests is sent twice under its key. Who got no answer asks
 * again, half of the time; who got one looks what became of the order now and then. Each request is one customer's only order, and is remembered with
 * what became of it.
 */
class Customers implements AutoCloseable {

    /** An operator's, who orders for anybody. */
    private static final String LOGIN = Demo.OPERATOR.login().basic();
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([A-Z_]+)\"");
    private static final int FOUND = 200;
    private static final int ACCEPTED = 202;
    private static final int TRIES_AFTER_SILENCE = 40;
    private static final long PAUSE_NANOS = 250_000_000;

    private record Wish(String customer, String method, TreeMap<String, Long> quantities) {

        String json() {
            return "{\"customer\":\"" + customer + "\",\"currency\":\"EUR\",\"paymentMethod\":\"" + method + "\",\"lines\":[" + quantities.entrySet().stream()
                .map(line -> "{\"sku\":\"" + line.getKey() + "\",\"quantity\":" + line.getValue() + "}").collect(Collectors.joining(",")) + "]}";
        }
    }

    /**
     * A request, and what became of it.
     *
     * @param key the Idempotency-Key, and the customer's name as well
     * @param status 0 where there was no answer
     * @param sent {@link System#nanoTime()} before it was sent
     * @param nanos how long it took
     */
    record Visit(String key, Outcome outcome, int status, UUID order, String retryAfter, long sent, long nanos, String trouble) {
    }

    private final ClientLog log;
    private final int port;
    private final long pauseNanos;
    private final String name;
    private final AtomicInteger count = new AtomicInteger();
    private final Collection<Visit> visits = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;
    private volatile RuntimeException failure;

    /** @param rate requests a second, of all of them together */
    Customers(int port, Random random, int threads, int rate, ClientLog log) {
        this.log = log;
        this.port = port;
        this.pauseNanos = threads * 1_000_000_000L / rate;
        this.name = "c" + Long.toString(random.nextLong() >>> 20, Character.MAX_RADIX) + "-";
        for (int n = 0; n < threads; n++) {
            Random own = new Random(random.nextLong());
            Thread thread = new Thread(() -> come(own), "customer " + n);
            this.threads.add(thread);
            thread.start();
        }
    }

    private void come(Random random) {
        List<UUID> known = new ArrayList<>();
        try (Caller caller = new Caller(port, LOGIN)) {
            while (open) {
                long begin = System.nanoTime();
                String key = name + count.incrementAndGet();
                Wish wish = wish(key, random);
                Visit visit = visit(caller, wish);
                boolean again = random.nextInt(20) == 0;
                if (visit.outcome == Outcome.OK && again) {
                    visit(caller, wish);
                } else if (visit.outcome == Outcome.INFO && random.nextBoolean()) {
                    askAgain(caller, wish);
                } else if (visit.outcome == Outcome.OK && random.nextInt(5) == 0) {
                    known.add(visit.order);
                }
                if (!known.isEmpty() && random.nextInt(5) == 0) {
                    look(caller, known.get(random.nextInt(known.size())));
                }
                LockSupport.parkNanos(pauseNanos - (System.nanoTime() - begin));
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void look(Caller caller, UUID order) {
        long from = ClientLog.now();
        try {
            Reply reply = caller.get("/orders/" + order);
            Matcher status = STATUS.matcher(new String(reply.body(), StandardCharsets.UTF_8));
            log.read(order, reply.status(), reply.status() == FOUND && status.find() ? status.group(1) : null, from, ClientLog.now());
        } catch (IOException e) {
            log.read(order, 0, null, from, ClientLog.now());
        }
    }

    private void askAgain(Caller caller, Wish wish) {
        for (int n = 0; open && n < TRIES_AFTER_SILENCE && visit(caller, wish).outcome != Outcome.OK; n++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Visit visit(Caller caller, Wish wish) {
        String key = wish.customer;
        long from = ClientLog.now();
        long sent = System.nanoTime();
        long total = 0;
        Visit visit;
        try {
            Reply reply = caller.post("/orders", wish.json().getBytes(StandardCharsets.UTF_8), key);
            String answer = new String(reply.body(), StandardCharsets.UTF_8);
            Matcher id = ID.matcher(answer);
            Matcher amount = TOTAL.matcher(answer);
            UUID order = reply.status() == ACCEPTED && id.find() ? UUID.fromString(id.group(1)) : null;
            total = amount.find() ? Long.parseLong(amount.group(1)) : 0;
            Outcome outcome = order != null ? Outcome.OK : reply.status() >= 400 && reply.status() < 500 && reply.status() != 409 ? Outcome.FAIL : Outcome.INFO;
            visit = new Visit(key, outcome, reply.status(), order, reply.retryAfter(), sent, System.nanoTime() - sent, null);
        } catch (ConnectException nothingLeftTheHouse) {
            visit = new Visit(key, Outcome.FAIL, 0, null, null, sent, System.nanoTime() - sent, "refused");
        } catch (IOException e) {
            visit = new Visit(key, Outcome.INFO, 0, null, null, sent, System.nanoTime() - sent, e.toString());
        }
        log.placed(key, key, ClientLog.body(key, "EUR", wish.method, wish.quantities), visit.outcome, visit.status, visit.order, total, from, ClientLog.now());
        visits.add(visit);
        return visit;
    }

    private static Wish wish(String customer, Random random) {
        TreeMap<String, Long> quantities = new TreeMap<>();
        if (random.nextInt(100) < 12) {
            quantities.put(Shelves.SOLD_OUT, 1L);
        }
        for (int lines = 1 + random.nextInt(4); lines > 0; lines--) {
            quantities.merge(Shelves.sku(random.nextInt(10) < 6 ? 0 : random.nextInt(Shelves.PRODUCTS)), 1L + random.nextInt(3), Long::sum);
        }
        return new Wish(customer, method(random.nextInt(100)), quantities);
    }

    private static String method(int draw) {
        if (draw < 12) {
            return "pm_card_declined";
        }
        return draw < 15 ? "pm_card_timeout_before" : draw < 18 ? "pm_card_timeout_after" : draw < 20 ? "pm_card_error" : "pm_card_ok";
    }

    Collection<Visit> visits() {
        mustHaveCome();
        return visits;
    }

    /** Customers who stayed away by a fault of their own would show nothing. */
    void mustHaveCome() {
        if (failure != null) {
            throw failure;
        }
    }

    /** The requests that were sent after this {@link System#nanoTime()}, and are over. */
    List<Visit> since(long time) {
        return visits().stream().filter(visit -> visit.sent - time > 0).toList();
    }

    /** The last ones get their answers. */
    @Override
    public void close() {
        open = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
