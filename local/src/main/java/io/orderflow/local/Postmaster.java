package io.orderflow.local;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The PostgreSQL server process that a data folder names as its own, in its {@code postmaster.pid}. */
public record Postmaster(Path data, long pid, Instant started) {

    private static final int SECONDS_TO_STOP = 60;

    public static Optional<Postmaster> of(Path data) throws IOException {
        if (!Files.exists(pidFile(data))) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile(data));
        return Optional.of(new Postmaster(data, Long.parseLong(lines.get(0).trim()), Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()))));
    }

    /** The process of that number, if there is one; whether it is the server, {@link #retire()} finds out. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid);
    }

    /** Stops the server if it still runs; where its number was given to somebody else since, removes the file that would keep a new one from starting. */
    void retire() throws IOException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent() && isOurs(process.get())) {
            stop(process.get());
        } else {
            Files.delete(pidFile(data));
        }
    }

    private boolean isOurs(ProcessHandle candidate) throws IOException {
        ProcessHandle.Info info = candidate.info();
        if (!info.command().map(command -> Path.of(command).getFileName().toString().startsWith("postgres")).orElse(false)) {
            return false;
        }
        Path workingFolder = Path.of("/proc", Long.toString(pid), "cwd");
        if (Files.exists(workingFolder)) {
            return workingFolder.toRealPath().equals(data.toRealPath());
        }
        // No /proc on this system: the command line tells, and where that is not shown either, the time of the start.
        return info.arguments().map(arguments -> List.of(arguments).contains(data.toString()))
            .orElseGet(() -> info.startInstant().map(start -> Duration.between(start, started).abs().toSeconds() <= 2).orElse(false));
    }

    private void stop(ProcessHandle server) throws IOException {
        Path program = Path.of(server.info().command().orElseThrow());
        List<String> command = new ArrayList<>(LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U") : List.of());
        command.add(program.resolveSibling(program.getFileName().toString().replace("postgres", "pg_ctl")).toString());
        command.addAll(List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", Integer.toString(SECONDS_TO_STOP)));
        try {
            int result = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            if (result != 0) {
                throw new Problem("A PostgreSQL server left behind (process " + pid + ") holds " + data + " and does not stop: stop it by hand.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL stopped", e);
        }
    }

    private static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }
}
