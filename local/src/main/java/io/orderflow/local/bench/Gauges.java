package io.orderflow.local.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the kernel counts for each process, from {@code /proc} of Linux: processor time (with that of PostgreSQL's ended backends, which
 * their parent keeps) and memory. Where there is no {@code /proc} it reads nothing, and the report says what is missing.
 */
class Gauges {

    static final String LOAD = "load generator";
    private static final Path PROC = Path.of("/proc");
    /** The kernel counts for user space in hundredths of a second, on every architecture. */
    private static final long MILLIS_OF_A_TICK = 10;

    private final Supplier<Map<String, List<Long>>> pids;

    /** @param pids the processes to read, by what they are called; processes that they have started count as theirs only for PostgreSQL */
    Gauges(Supplier<Map<String, List<Long>>> pids) {
        this.pids = pids;
    }

    static boolean present() {
        return Files.isReadable(PROC.resolve("self").resolve("stat"));
    }

    /**
     * All counters at one moment.
     *
     * @param cpu milliseconds of processor time, by process
     * @param collector the part of it that threads of a garbage collector took, in the system's Java processes
     * @param compiler the part of it that the just-in-time compiler's threads took
     * @param machine milliseconds of processor time that anything on this machine took, with what a hypervisor withheld
     */
    record Reading(Map<String, Long> cpu, long collector, long compiler, long machine) {

        Reading since(Reading before) {
            Map<String, Long> spent = new LinkedHashMap<>();
            cpu.forEach((name, millis) -> spent.put(name, millis - before.cpu.getOrDefault(name, 0L)));
            return new Reading(spent, Math.max(0, collector - before.collector), Math.max(0, compiler - before.compiler), machine - before.machine);
        }

        long total() {
            return cpu.values().stream().mapToLong(Long::longValue).sum();
        }

        /** What everybody else on the machine took. */
        long foreign() {
            return Math.max(0, machine - total());
        }
    }

    Reading read() {
        Map<String, Long> cpu = new LinkedHashMap<>();
        Map<String, Long> threads = new HashMap<>();
        everybody().forEach((name, all) -> {
            cpu.put(name, all.stream().mapToLong(pid -> cpu(PROC.resolve(pid.toString()), name.equals(Processes.POSTGRES))).sum());
            if (!name.equals(Processes.POSTGRES) && !name.equals(LOAD)) {
                all.forEach(pid -> addThreads(PROC.resolve(pid.toString()).resolve("task"), threads));
            }
        });
        return new Reading(cpu, threads.getOrDefault("collector", 0L), threads.getOrDefault("compiler", 0L), machine());
    }

    /** Bytes in memory by process; a page that several share is shared out among them. Empty where the kernel does not tell. */
    Map<String, Long> memory() {
        Map<String, Long> memory = new LinkedHashMap<>();
        everybody().forEach((name, all) -> memory.put(name, all.stream().mapToLong(Gauges::share).sum()));
        return memory.containsValue(0L) ? Map.of() : memory;
    }

    private Map<String, List<Long>> everybody() {
        Map<String, List<Long>> everybody = new LinkedHashMap<>(pids.get());
        everybody.computeIfPresent(Processes.POSTGRES, (name, first) -> withChildren(first.get(0)));
        everybody.put(LOAD, List.of(ProcessHandle.current().pid()));
        return everybody;
    }

    private static List<Long> withChildren(long parent) {
        List<Long> family = new ArrayList<>(List.of(parent));
        ProcessHandle.of(parent).ifPresent(process -> process.children().forEach(child -> family.add(child.pid())));
        return family;
    }

    private static long cpu(Path process, boolean withEnded) {
        String[] fields = stat(process.resolve("stat"));
        long ticks = 0;
        for (int field = UTIME; field <= (withEnded ? CSTIME : STIME) && field < fields.length; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * MILLIS_OF_A_TICK;
    }

    private static void addThreads(Path tasks, Map<String, Long> threads) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path task : all) {
                String name = Files.readString(task.resolve("comm")).strip();
                // The serial collector works in the thread that does all of the virtual machine's own chores.
                if (name.startsWith("GC Thread") || name.startsWith("G1 ") || name.equals("VM Thread")) {
                    threads.merge("collector", cpu(task, false), Long::sum);
                } else if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
                    threads.merge("compiler", cpu(task, false), Long::sum);
                }
            }
        } catch (IOException threadHasEnded) {
            // what is gone is not counted
        }
    }

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CSTIME = 14;

    /** The fields behind the name, which may hold anything; none when the process is gone. */
    private static String[] stat(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    private static long machine() {
        try {
            String[] fields = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +");
            long ticks = 0;
            // user nice system (idle iowait) irq softirq steal; what guests took is in user already
            for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * MILLIS_OF_A_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long share(long pid) {
        try {
            return Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve("smaps_rollup")).stream().filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
