package io.orderflow.local.bench;

import io.orderflow.local.Progress;
import io.orderflow.local.bench.Timeline.Second;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks on while a part is measured: closes the seconds of its timeline, reads the memory now and then, and says how it goes. */
class Watch implements AutoCloseable {

    private static final int SECONDS_BETWEEN_LINES = 5;
    /** Seldom, for the kernel walks through all pages to answer. */
    private static final int SECONDS_BETWEEN_MEMORY = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Timeline timeline;
    private final Gauges gauges;
    private final Progress progress;
    private Map<String, Long> peakMemory = Map.of();

    Watch(Timeline timeline, Gauges gauges, Progress progress) {
        this.timeline = timeline;
        this.gauges = gauges;
        this.progress = progress;
        clock.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        Second second = timeline.tick();
        if (second.second() % SECONDS_BETWEEN_LINES == 0) {
            progress.say(String.format(Locale.ROOT, "  %4d s   accepted %,7d/s   ended %,7d/s   p50 %8s ms   p99 %8s ms   waiting %,d", second.second(), second.accepted(),
                second.ended(), millis(second.p50()), millis(second.p99()), second.waiting()));
        }
        if (second.second() % SECONDS_BETWEEN_MEMORY == 1) {
            readMemory();
        }
    }

    private static String millis(Double latency) {
        return latency == null ? "-" : String.format(Locale.ROOT, "%,.1f", latency);
    }

    private synchronized void readMemory() {
        Map<String, Long> memory = gauges.memory();
        if (sum(memory) > sum(peakMemory)) {
            peakMemory = memory;
        }
    }

    private static long sum(Map<String, Long> memory) {
        return memory.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes by process, at the moment when they were most in total; read once more now. */
    Map<String, Long> peakMemory() {
        readMemory();
        return peakMemory;
    }

    /** The last second may be a short one. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timeline.tick();
    }
}
