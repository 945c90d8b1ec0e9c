package io.orderflow.local;

import io.orderflow.local.Shop.Line;
import io.orderflow.local.Shop.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A crowd of customers: what they want is drawn from a seed that is printed. One SKU is hot, a card in seven is declined, some cards go wrong
 * at first, an order in seven asks for what is sold out, and one SKU runs out on the way.
 */
class Traffic implements AutoCloseable {
    static final String HOT = "HOT-SELLER";
    static final String SOLD_OUT = "SOLD-OUT";
    static final String RUNS_OUT = "RUNS-OUT";
    static final List<String> PLENTY = List.of("PLENTY-1", "PLENTY-2", "PLENTY-3");

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final List<Thread> customers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Puts on sale what the crowd will ask for. */
    static void stock(Rig rig) {
        rig.stock(HOT, 1_999, 1_000_000);
        rig.stock(SOLD_OUT, 500, 0);
        rig.stock(RUNS_OUT, 4_900, 100);
        PLENTY.forEach(sku -> rig.stock(sku, 250, 1_000_000));
    }

    /** A source of wishes that can be had again by its seed. */
    static Random random(String what) {
        long seed = Long.getLong("orderflow.seed", System.nanoTime());
        System.out.println(what + ": seed " + seed + " (again with -Dorderflow.seed=" + seed + ")");
        return new Random(seed);
    }

    /** One to four lines, on the hot SKU for the most part. */
    static Wish wish(Random random) {
        List<Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int n = 0; n < count; n++) {
            String sku = random.nextInt(10) < 6 ? HOT : random.nextInt(12) == 0 ? RUNS_OUT : PLENTY.get(random.nextInt(PLENTY.size()));
            lines.add(new Line(sku, 1 + random.nextInt(5)));
        }
        if (random.nextInt(7) == 0) {
            lines.set(random.nextInt(lines.size()), new Line(SOLD_OUT, 1));
        }
        return new Wish(method(random.nextInt(35)), lines);
    }

    private static String method(int draw) {
        return switch (draw) {
            case 0, 1, 2, 3, 4 -> "pm_card_declined";
            case 5 -> "pm_card_timeout_before";
            case 6 -> "pm_card_timeout_after";
            case 7 -> "pm_card_error";
            default -> "pm_card_ok";
        };
    }

    /** Places so many orders from several threads, and returns when each has its answer. */
    static void rush(Shop shop, Random random, int orders, int threads) {
        List<List<Wish>> shares = new ArrayList<>();
        for (int n = 0; n < threads; n++) {
            shares.add(random.ints().limit(orders / threads).mapToObj(seed -> wish(new Random(seed))).toList());
        }
        Together.run(shares.stream().map(share -> (Runnable) () -> share.forEach(shop::tryToPlace)).toList());
    }

    /** Customers that come until closed, each thinking for a few milliseconds between two orders. */
    static Traffic flowing(Shop shop, Random random, int threads, int thinkMillis) {
        Traffic traffic = new Traffic();
        for (int n = 0; n < threads; n++) {
            Random own = new Random(random.nextLong());
            Thread customer = new Thread(() -> traffic.come(shop, own, thinkMillis), "customer " + n);
            traffic.customers.add(customer);
            customer.start();
        }
        return traffic;
    }

    private void come(Shop shop, Random random, int thinkMillis) {
        try {
            while (open.get()) {
                shop.tryToPlace(wish(random));
                LockSupport.parkNanos(thinkMillis * 1_000_000L);
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /** The last customers get their answers. */
    @Override
    public void close() {
        open.set(false);
        try {
            for (Thread customer : customers) {
                customer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failures.forEach(failure -> {
            throw new IllegalStateException("A customer gave up", failure);
        });
    }
}
