package io.orderflow.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.orderflow.local.bench.Audit.Verdict;
import io.orderflow.local.bench.Timeline.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Puts into words what was measured: for people a table, for programs JSON. */
class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String NOT_HERE = "not known on this machine, which has no /proc";

    private final Settings settings;

    Report(Settings settings) {
        this.settings = settings;
    }

    String table(Lap lap) {
        StringJoiner table = new StringJoiner(System.lineSeparator());
        table.add("");
        table.add("  " + lap.name() + (lap.accepted() == 0 ? "" : ": " + pace(lap.pace())));
        if (lap.accepted() > 0) {
            row(table, "accepted", "%,.0f/s (%,d; %,d refused, %,d requests failed)", lap.acceptedPerSecond(), lap.accepted(), lap.refused(), lap.failed());
            row(table, "ended", "%,.0f/s (%,d in %.1f s)", lap.endedPerSecond(), lap.ended(), lap.seconds());
            row(table, "end to end", latency(lap.endToEnd()));
            row(table, "HTTP", latency(lap.http()));
        }
        if (lap.systemCpuPerOrder() != null) {
            row(table, "CPU-ms an order", "%.3f but for the load generator: %s", lap.systemCpuPerOrder(), list(lap.cpuPerOrder(), "%.3f"));
        } else if (lap.cores().isEmpty()) {
            row(table, "CPU-ms an order", NOT_HERE);
        }
        if (!lap.cores().isEmpty()) {
            double system = lap.cores().entrySet().stream().filter(entry -> !entry.getKey().equals(Gauges.LOAD)).mapToDouble(Map.Entry::getValue).sum();
            row(table, "cores in use", "%.3f but for the load generator: %s", system, list(lap.cores(), "%.3f"));
            row(table, "of Java's CPU", "garbage collector %.1f %%, compiler %.1f %%", lap.collectorShare() * 100, lap.compilerShare() * 100);
            row(table, "foreign load", "%.2f of %d cores", lap.foreignCores(), Runtime.getRuntime().availableProcessors());
        }
        if (!lap.batches().isEmpty()) {
            row(table, "orders in a batch", list(lap.batches(), "%.1f"));
        }
        if (lap.peakMemory().isEmpty()) {
            row(table, "peak memory", NOT_HERE);
        } else {
            Map<String, Double> megabytes = new LinkedHashMap<>();
            lap.peakMemory().forEach((process, bytes) -> megabytes.put(process, bytes / 1e6));
            double system = megabytes.entrySet().stream().filter(entry -> !entry.getKey().equals(Gauges.LOAD)).mapToDouble(Map.Entry::getValue).sum();
            row(table, "peak memory", "%,.0f MB but for the load generator: %s", system, list(megabytes, "%,.0f"));
        }
        return table.add("").toString();
    }

    String words(Verdict verdict) {
        StringJoiner words = new StringJoiner(System.lineSeparator());
        words.add(String.format(Locale.ROOT, "%,d orders answered 202 in all, warm-up included: %,d lost, %,d stuck; in the database %s", verdict.accepted(), verdict.lost(),
            verdict.stuck(), verdict.statuses()));
        if (verdict.broken().isEmpty()) {
            words.add("Stock ledger, reservations, charges, outboxes, pending rows, consumer lag and parked records are as they must be.");
        }
        verdict.broken().forEach(complaint -> words.add("BROKEN: " + complaint));
        return words.toString();
    }

    private static String pace(Pace pace) {
        String speed = pace.fixed() ? String.format(Locale.ROOT, "%,.0f a second for %.0f s", pace.rate(), pace.seconds())
            : pace.orders() > 0 ? String.format(Locale.ROOT, "%,d orders at full speed", pace.orders()) : String.format(Locale.ROOT, "%.0f s at full speed", pace.seconds());
        return speed + " over " + pace.connections() + " connections" + (pace.bulk() > 1 ? ", " + pace.bulk() + " in a request" : "");
    }

    private static void row(StringJoiner table, String name, String format, Object... values) {
        table.add(String.format(Locale.ROOT, "    %-18s %s", name, values.length == 0 ? format : String.format(Locale.ROOT, format, values)));
    }

    private static String latency(Latency latency) {
        return String.format(Locale.ROOT, "p50 %,.1f   p90 %,.1f   p99 %,.1f   max %,.1f ms", latency.p50(), latency.p90(), latency.p99(), latency.max());
    }

    private static String list(Map<String, Double> figures, String format) {
        StringJoiner list = new StringJoiner(" · ");
        figures.forEach((name, value) -> list.add(name + " " + String.format(Locale.ROOT, format, value)));
        return list.toString();
    }

    /** Writes everything that was measured, second by second, with what it was measured on. */
    void write(Path file, Scenario scenario, Stage stage, Verdict verdict) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", scenario.toString());
        all.put("at", Instant.now().toString());
        all.put("machine", Map.of("cores", Runtime.getRuntime().availableProcessors(), "system", System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")));
        all.put("settings", Map.of("jvmOptions", settings.jvmOptions, "oneProcess", settings.oneProcess, "warmUpSeconds", settings.warmUp, "lines", settings.lines,
            "latencies", "ms", "memory", "bytes"));
        all.put("laps", stage.laps());
        all.put("figures", stage.figures());
        all.put("verdict", verdict);
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(file.toFile(), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> missing() {
        return Gauges.present() ? List.of() : List.of("CPU by process", "memory", "foreign load");
    }
}
