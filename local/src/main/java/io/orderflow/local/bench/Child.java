package io.orderflow.local.bench;

import io.orderflow.local.Local;
import io.orderflow.local.Problem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Part} from the side of the process that started it, with the same Java and, where nothing else is said, the same class path. */
public class Child implements AutoCloseable {

    private static final int SECONDS_TO_STOP = 30;
    private static final String ENDED = "ended";

    public final String name;
    private final Path log;
    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    public Child(String name, List<String> jvmOptions, List<String> arguments, Map<String, String> environment, Path log) {
        this(name, null, jvmOptions, arguments, environment, log);
    }

    /** @param jar of another build, which this part is to be of; null for this one */
    public Child(String name, Path jar, List<String> jvmOptions, List<String> arguments, Map<String, String> environment, Path log) {
        this.name = name;
        this.log = log;
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvmOptions);
        command.addAll(jar == null ? program() : List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.deleteIfExists(log);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread listener = new Thread(this::listen, "from " + name);
        listener.setDaemon(true);
        listener.start();
    }

    /** The jar that this process was started from, or its class path where that is none, as in a test. */
    private static List<String> program() {
        String classPath = System.getProperty("java.class.path");
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
            ? List.of("-Dorderflow.home=" + System.getProperty("orderflow.home", "."), "-jar", classPath)
            : List.of("-cp", classPath, Local.class.getName());
    }

    public Child awaitReady() {
        answer();
        return this;
    }

    /** The bytes in use once all that nobody needs is thrown away. */
    long heapAfterCollection() {
        try {
            process.getOutputStream().write((Part.HEAP_AFTER_COLLECTION + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return Long.parseLong(answer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as {@code kill -9} does: it gets no chance to finish anything. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to finish what it has in hand and to end, as {@code kill} does. */
    public void terminate() {
        // Not by the process itself, which would close its input as well.
        process.toHandle().destroy();
    }

    /** Waits until it has ended, and tells with which result; empty when it has not within this time. */
    public OptionalInt awaitEnd(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " was waited for", e);
        }
    }

    /** Takes all processor time from it for so long: to others it looks dead, to itself no time passes. It wakes also when nobody is left to wake it. */
    public void freeze(int seconds) {
        try {
            new ProcessBuilder("sh", "-c", "kill -STOP $0 && sleep " + seconds + "; kill -CONT $0", Long.toString(process.pid())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    private String answer() {
        try {
            String answer = answers.take();
            if (answer.equals(ENDED)) {
                throw new Problem(name + " has ended before its time; its log is " + log);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " was asked", e);
        }
    }

    /** Takes all that it says: answers wait to be asked for, and what its virtual machine says goes to its log. */
    private void listen() {
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(Part.ANSWER)) {
                    answers.add(line.substring(Part.ANSWER.length()));
                } else {
                    Files.writeString(log, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
        } catch (IOException hasEnded) {
            // there is nothing more to hear
        } finally {
            answers.add(ENDED);
        }
    }

    /** Closes its input, which is what it ends by; one that does not is killed. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // it has ended by itself
        }
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
