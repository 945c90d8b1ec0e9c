package io.orderflow.local.bench;

import io.orderflow.local.Database;
import io.orderflow.local.Ports;
import io.orderflow.local.Progress;
import io.orderflow.local.bench.Audit.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The running system with everything that measures it: a scenario plays its parts on it, one after the other. */
class Stage implements AutoCloseable {

    /** So much of the warm-up is at full speed, whatever the scenario's own pace: the compiler counts calls, not seconds. */
    private static final double FULL_SPEED_SHARE = 2 / 3.0;
    /** Load comes in rounds of so many seconds, and between them the compiler gets the cores, or it is never done: under full load its threads wait for their turn. */
    private static final int ROUND_SECONDS = 15;
    private static final int LONGEST_REST_SECONDS = 30;
    /** Of one core. */
    private static final double COMPILER_AT_REST = 0.1;
    private static final long DRAIN_POLL_MILLIS = 20;
    /** Figures below it are shown with decimals. */
    private static final double SMALL = 10;

    final Settings settings;
    private final Progress progress;
    private final Processes processes;
    private final Gauges gauges;
    private final List<Lap> laps = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Collection<UUID> unheard = new HashSet<>();
    private Kafka kafka;
    private Ends ends;
    private Load load;

    Stage(Settings settings, Ports ports, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.processes = new Processes(settings, ports, progress);
        this.gauges = new Gauges(processes::pids);
    }

    /** Starts the system and fills the shop. */
    Stage open() {
        processes.start();
        Shelves.fill(database("orders"), database("inventory"));
        kafka = new Kafka(processes.brokers());
        ends = new Ends(processes.brokers());
        load = new Load(ends, processes.badge().authorization());
        return this;
    }

    /** Load of the scenario's own kind, which is not measured: first at full speed, then at its own pace. */
    void warmUp(Basket basket, Pace pace) {
        if (settings.warmUp > 0) {
            progress.say("Warming up for " + settings.warmUp + " s ...");
            double fast = pace.fixed() ? settings.warmUp * FULL_SPEED_SHARE : settings.warmUp;
            for (double left = fast; left > 0; left -= ROUND_SECONDS) {
                run("warm-up", basket, Pace.fullSpeed(Math.min(left, ROUND_SECONDS), pace.bulk(), pace.connections()));
                if (left >= ROUND_SECONDS) {
                    rest();
                }
            }
            if (pace.fixed()) {
                run("warm-up", basket, Pace.steady(pace.rate(), settings.warmUp - fast, pace.bulk(), pace.connections()));
            }
        }
    }

    /** Returns when the compiler has come to all it was given, or after a while. */
    private void rest() {
        long begin = System.nanoTime();
        double took = 1;
        while (Gauges.present() && took > COMPILER_AT_REST && System.nanoTime() - begin < LONGEST_REST_SECONDS * 1_000_000_000L) {
            long before = gauges.read().compiler();
            sleep(1000);
            took = (gauges.read().compiler() - before) / 1000.0;
        }
    }

    /** A measured part: from the first request until every order has ended. */
    Lap lap(String name, Basket basket, Pace pace) {
        progress.say("Measuring " + name + " ...");
        Lap lap = run(name, basket, pace);
        laps.add(lap);
        progress.say(new Report(settings).table(lap));
        return lap;
    }

    private Lap run(String name, Basket basket, Pace pace) {
        Batches batches = new Batches(processes.managementPorts(), processes.management(), kafka);
        Batches.Reading batchesBefore = batches.read();
        Gauges.Reading before = Gauges.present() ? gauges.read() : null;
        long begin = System.nanoTime();
        Timeline timeline = new Timeline();
        ends.tell(timeline);
        Map<String, Long> memory;
        try (Watch watch = new Watch(timeline, gauges, progress)) {
            load.run(processes.orderPorts(), basket, pace, timeline);
            drain();
            memory = watch.peakMemory();
        }
        Gauges.Reading spent = before == null ? null : gauges.read().since(before);
        double elapsed = (System.nanoTime() - begin) / 1e9;
        processes.mustBeAlive();
        return Lap.of(name, pace, timeline, spent, elapsed, memory, batches.read().since(batchesBefore, timeline.accepted()));
    }

    /** Returns when every order has ended, or when none has for so long that what is left is called stuck. */
    private void drain() {
        long last = ends.ended();
        long since = System.nanoTime();
        while (ends.waiting() > 0) {
            sleep(DRAIN_POLL_MILLIS);
            if (ends.ended() != last) {
                last = ends.ended();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > settings.patience * 1_000_000_000L) {
                Collection<UUID> stuck = ends.giveUp();
                unheard.addAll(stuck);
                progress.say(stuck.size() + " orders have not ended, and none has for " + settings.patience + " s: they are called stuck, such as " + stuck.iterator().next());
            }
        }
    }

    /** A figure that is no lap's. */
    void figure(String name, double value) {
        figures.put(name, value);
        progress.say(String.format(Locale.ROOT, value < SMALL ? "  %s: %,.3f" : "  %s: %,.0f", name, value));
    }

    /** Adds an instance of each app. */
    void addInstances() {
        progress.step("one more order, inventory and payment", processes::addInstances);
    }

    /** The bytes that each app needs when all garbage is gone. */
    Map<String, Long> heapAfterCollection() {
        return processes.heapAfterCollection();
    }

    Verdict verdict() {
        return new Audit(processes, kafka).verdict(load.accepted(), unheard, settings.patience);
    }

    Database database(String name) {
        return processes.database(name);
    }

    Processes processes() {
        return processes;
    }

    Kafka kafka() {
        return kafka;
    }

    Progress progress() {
        return progress;
    }

    List<Lap> laps() {
        return laps;
    }

    Map<String, Double> figures() {
        return figures;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        if (ends != null) {
            ends.close();
            kafka.close();
        }
        processes.close();
    }
}
