package io.orderflow.local.bench;

import io.orderflow.local.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What can be measured; each is one run of the command, on a fresh system. */
enum Scenario {

    FLOW("orders at full speed, from the first request to the last end") {
        @Override
        void play(Stage stage) {
            measureAtFullSpeed(stage, Basket.plain(stage.settings.lines), 100_000);
        }
    },
    INTAKE("how fast orders are accepted while nobody waits for them to end, with --bulk many in one request") {
        @Override
        void prepare(Settings settings) {
            settings.backlog = Settings.or(settings.backlog, Integer.MAX_VALUE);
        }

        @Override
        void play(Stage stage) {
            measureAtFullSpeed(stage, Basket.plain(stage.settings.lines), 100_000);
        }
    },
    HOT_SKU("as flow, with 60 % of all lines for one product") {
        @Override
        void play(Stage stage) {
            measureAtFullSpeed(stage, Basket.hot(stage.settings.lines), 50_000);
        }
    },
    MIXED("as flow, with 15 % of the orders refused and 15 % declined") {
        @Override
        void play(Stage stage) {
            measureAtFullSpeed(stage, Basket.mixed(stage.settings.lines), 50_000);
        }
    },
    STEADY("orders at a fixed rate; without --rate at 50, then at 1,000 a second") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            double[] rates = stage.settings.rate > 0 ? new double[] {stage.settings.rate} : new double[] {50, 1000};
            stage.warmUp(basket, steady(stage, rates[0], 0));
            for (double rate : rates) {
                stage.lap(String.format(Locale.ROOT, "%s, %,.0f a second", this, rate), basket, steady(stage, rate, 30));
            }
        }
    },
    BURST("a fixed rate, ten seconds of far more than can be done, and the same rate again once all of it is done") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            double rate = Settings.or(stage.settings.rate, 500.0);
            int seconds = Settings.or(stage.settings.seconds, 15);
            Pace before = Pace.steady(rate, seconds, 1, stage.settings.connections);
            stage.warmUp(basket, before);
            stage.lap("before the burst", basket, before);
            stage.lap("burst", basket, Pace.fullSpeed(Math.min(seconds, BURST_SECONDS), Settings.or(stage.settings.bulk, BURST_BULK), BURST_CONNECTIONS));
            stage.lap("after the burst", basket, before);
        }
    },
    OVERLOAD("as many orders as can be done, two minutes of ten times as many, and half as many before and after; who is not taken on must be told so") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            int seconds = Settings.or(stage.settings.seconds, 120);
            int bulk = Settings.or(stage.settings.bulk, BURST_BULK);
            Pace most = Pace.fullSpeed(Math.min(seconds, 20), bulk, BURST_CONNECTIONS);
            stage.warmUp(basket, most);
            double rate = Math.max(1, stage.lap("capacity", basket, most).endedPerSecond());
            Pace half = Pace.steady(rate / 2, Math.min(seconds, 20), bulk, stage.settings.connections);
            stage.lap("half of it, before", basket, half);
            Map<String, Long> heapBefore = stage.heapAfterCollection();
            stage.lap("ten times as many", basket, Pace.steady(rate * 10, seconds, bulk, stage.settings.connections));
            compareHeaps(stage, heapBefore);
            stage.lap("half of it, after", basket, half);
        }
    },
    SOAK("ten minutes at half of what was measured first; does it grow, or slow down?") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            int seconds = Settings.or(stage.settings.seconds, 600);
            stage.warmUp(basket, fullSpeed(stage, 0));
            Lap capacity = stage.lap("capacity", basket, Pace.fullSpeed(Math.min(seconds, 20), Math.max(1, stage.settings.bulk), stage.settings.connections));
            double rate = Settings.or(stage.settings.rate, Math.max(1, capacity.endedPerSecond() / 2));
            Map<String, Long> heapBefore = stage.heapAfterCollection();
            stage.lap("the first tenth", basket, Pace.steady(rate, seconds / 10.0, 1, stage.settings.connections));
            stage.lap("the middle", basket, Pace.steady(rate, seconds * 8 / 10.0, 1, stage.settings.connections));
            stage.lap("the last tenth", basket, Pace.steady(rate, seconds / 10.0, 1, stage.settings.connections));
            compareHeaps(stage, heapBefore);
        }
    },
    LIMITS("what the machine does of each thing that an order needs, alone, and an order flow to compare with") {
        @Override
        void play(Stage stage) {
            measureAtFullSpeed(stage, Basket.plain(stage.settings.lines), 50_000);
            new Limits(stage, Settings.or(stage.settings.seconds, 5)).measure();
        }
    },
    IDLE("what the system takes while nobody orders anything") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            stage.warmUp(basket, fullSpeed(stage, 0));
            stage.lap("idle", basket, Pace.silence(Settings.or(stage.settings.seconds, 30)));
        }
    },
    STORED("(long) as flow, with 1,000, 10,000 ... up to --stored orders in the databases already") {
        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            stage.warmUp(basket, fullSpeed(stage, 0));
            long written = 0;
            for (long stored = 1000; stored <= stage.settings.stored; stored *= 10) {
                long from = written;
                long to = stored;
                stage.progress().step(String.format(Locale.ROOT, "%,d orders stored", stored), () -> new History(stage).write(from, to));
                written = stored;
                stage.lap(String.format(Locale.ROOT, "with %,d orders stored", stored), basket, fullSpeed(stage, 20_000));
            }
        }
    },
    SCALE("(long) as flow, with one, two and four instances of each app") {
        /** Four times the apps' own pools would be more connections than the server has. */
        @Override
        void prepare(Settings settings) {
            if (settings.oneProcess) {
                throw new Problem("One process has one instance of each app: leave out --one-process to measure with more.");
            }
            settings.poolSize = Settings.or(settings.poolSize, 4);
        }

        @Override
        void play(Stage stage) {
            Basket basket = Basket.plain(stage.settings.lines);
            int running = 1;
            for (int instances : new int[] {1, 2, 4}) {
                for (; running < instances; running++) {
                    stage.addInstances();
                }
                stage.warmUp(basket, fullSpeed(stage, 0));
                stage.lap("instances of each app: " + instances, basket, fullSpeed(stage, 50_000));
            }
        }
    };

    private static final int BURST_SECONDS = 10;
    /** Orders come in many at a time here, so that what waits is waiting in the system, not at its door. */
    private static final int BURST_BULK = 100;
    private static final int BURST_CONNECTIONS = 16;

    final String description;

    Scenario(String description) {
        this.description = description;
    }

    /** Sets what the system must be started with. */
    void prepare(Settings settings) {
        // most take it as it comes
    }

    /** Warms the stage up and measures part after part. */
    abstract void play(Stage stage);

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void measureAtFullSpeed(Stage stage, Basket basket, long orders) {
        Pace pace = fullSpeed(stage, orders);
        stage.warmUp(basket, pace);
        List<Lap> laps = Stream.generate(() -> stage.lap(toString(), basket, pace)).limit(stage.settings.repeat).toList();
        if (laps.size() > 1) {
            median(stage, "accepted/s", laps.stream().map(Lap::acceptedPerSecond));
            median(stage, "ended/s", laps.stream().map(Lap::endedPerSecond));
            median(stage, "end to end, p99 in ms", laps.stream().map(lap -> lap.endToEnd().p99()));
            median(stage, "CPU-ms an order but for the load generator", laps.stream().map(Lap::systemCpuPerOrder).filter(Objects::nonNull));
        }
    }

    private static void median(Stage stage, String name, Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        if (!sorted.isEmpty()) {
            stage.figure("median of " + sorted.size() + ": " + name, sorted.get(sorted.size() / 2));
        }
    }

    private static void compareHeaps(Stage stage, Map<String, Long> before) {
        Map<String, Long> after = stage.heapAfterCollection();
        before.forEach((app, bytes) -> {
            stage.figure("heap of " + app + " in use at the start, in MB", bytes / 1e6);
            stage.figure("heap of " + app + " in use at the end, in MB", after.get(app) / 1e6);
        });
    }

    static Pace fullSpeed(Stage stage, long orders) {
        return Pace.orders(Settings.or(stage.settings.orders, orders), Math.max(1, stage.settings.bulk), stage.settings.connections);
    }

    static Pace steady(Stage stage, double rate, int seconds) {
        return Pace.steady(rate, Settings.or(stage.settings.seconds, seconds), Math.max(1, stage.settings.bulk), stage.settings.connections);
    }

    /** Reads {@code hot-sku}. */
    static class Converter implements ITypeConverter<Scenario> {

        @Override
        public Scenario convert(String name) {
            return Arrays.stream(values()).filter(scenario -> scenario.toString().equals(name)).findAny()
                .orElseThrow(() -> new TypeConversionException("must be one of " + Arrays.toString(values()) + ", not '" + name + "'"));
        }
    }
}
