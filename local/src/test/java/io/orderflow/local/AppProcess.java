package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** An app as a process of its own, from its executable jar, which can be killed and frozen like any other. */
class AppProcess {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Service service;
    final int managementPort;
    private final Path log;
    private final Process process;

    /** @param others variables of its environment, besides those that say where everything is, or in their place */
    AppProcess(Rig rig, Service service, int port, int managementPort, Map<String, String> others, String... arguments) {
        this.service = service;
        this.managementPort = managementPort;
        this.log = Rig.WORK.resolve("%s-%d.log".formatted(service.app, COUNT.incrementAndGet()));
        // The compiler that starts fast, and little memory: these processes live for seconds, on a machine that is shared.
        ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m").redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> settings = command.environment();
        settings.putAll(service.environment(port, managementPort, rig.broker.brokers(), rig.databases(), rig.operator));
        settings.putAll(others);
        command.command().addAll(program(service));
        command.command().addAll(List.of(arguments));
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the app says that it is well. */
    AppProcess awaitReady() {
        Rig.await(service.app + " is ready; its log is " + log).until(() -> {
            assertThat(process.isAlive()).as("%s has ended with %s; its log is %s", service.app, process.isAlive() ? "" : process.exitValue(), log).isTrue();
            return isReady();
        });
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/health")).build();
            return HTTP.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has said, once it has ended by itself; and with which result. */
    String awaitEnd() {
        Rig.await(service.app + " gives up; its log is " + log).until(() -> !process.isAlive());
        try {
            return Files.readString(log) + "ended with " + process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, as {@code kill -9} does: it gets no chance to finish anything. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Takes all processor time from it: to others it looks dead, to itself no time passes. */
    void freeze() {
        signal("STOP");
    }

    /** Lets it go on where it was. */
    void wake() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
            assertThat(result).as("kill -%s %d", name, process.pid()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The app's jar; or, where the system under test is a weakened one, what this process itself runs on. */
    private static List<String> program(Service service) {
        return Boolean.getBoolean("fault.weakened") ? List.of("-cp", System.getProperty("java.class.path"), service.main) : List.of("-jar", jar(service.app).toString());
    }

    private static Path jar(String app) {
        Path root = Path.of("").toAbsolutePath().resolveSibling(app).getParent();
        Path jar = root.resolve(app).resolve("target").resolve(app + "-exec.jar");
        assertThat(jar).as("the executable jar, which 'mvn package' makes").exists();
        try {
            assertThat(outdated(jar, root)).as("classes and files that are other in %s than in routes: make it anew with 'mvn package'", jar).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** What the jar holds of {@code routes} must be what was compiled last, or the tests would judge an older system. */
    private static List<String> outdated(Path jar, Path root) throws IOException {
        Path classes = root.resolve("routes").resolve("target").resolve("classes");
        Map<String, Long> packed = new HashMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            ZipEntry routes = file.stream().filter(entry -> entry.getName().startsWith("BOOT-INF/lib/routes-")).findAny().orElseThrow();
            try (InputStream in = file.getInputStream(routes); ZipInputStream entries = new ZipInputStream(in)) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    packed.put(entry.getName(), crc(entries.readAllBytes()));
                }
            }
        }
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile).filter(file -> packed.getOrDefault(classes.relativize(file).toString().replace('\\', '/'), -1L) != crc(read(file)))
                .map(Path::toString).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
