package io.orderflow.local.bench;

import io.orderflow.local.DataFolder;
import io.orderflow.local.Database;
import io.orderflow.local.Layout;
import io.orderflow.local.Login;
import io.orderflow.local.Passwords;
import io.orderflow.local.Ports;
import io.orderflow.local.Postgres;
import io.orderflow.local.Postmaster;
import io.orderflow.local.Problem;
import io.orderflow.local.Progress;
import io.orderflow.local.Service;
import io.orderflow.local.Together;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The system under load, in processes of its own: one for broker and PostgreSQL and one for each app, or one for all of it as {@code ./run} has it. */
class Processes implements AutoCloseable {

    static final String KAFKA = "Kafka";
    static final String POSTGRES = "PostgreSQL";
    static final String SYSTEM = "Kafka and apps";
    /** From the ports of one instance to those of the next. */
    private static final int NEXT_INSTANCE = 100;

    private final Settings settings;
    private final Ports ports;
    private final Progress progress;
    private final Path data;
    private final Path logs;
    private final List<Child> children = new ArrayList<>();
    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Badge badge = new Badge();
    private Login management;
    private int instances;

    Processes(Settings settings, Ports ports, Progress progress) {
        this.settings = settings;
        this.ports = ports;
        this.progress = progress;
        this.data = settings.folder.resolve("system").toAbsolutePath();
        this.logs = settings.folder.resolve("logs").toAbsolutePath();
    }

    /** Starts everything anew: what an earlier run has left is deleted. */
    void start() {
        try (DataFolder folder = DataFolder.open(data)) {
            Layout.stopLeftOvers(folder);
            ports.check(Layout.ONE.size());
            folder.empty();
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Passwords passwords = new Passwords(data.resolve("passwords.properties"));
        List<String> names = Arrays.stream(Service.values()).flatMap(service -> service.databases.stream()).toList();
        new Postgres(data, data, ports.postgres, names, passwords).databases().forEach(database -> databases.put(database.name(), database));
        management = new Login("ops", passwords.of("management"));
        if (settings.oneProcess) {
            instances = 1;
            progress.step("Kafka, PostgreSQL and the three apps", () -> add(SYSTEM, Part.EVERYTHING, own()).awaitReady());
        } else {
            progress.step("Kafka and PostgreSQL", () -> add(KAFKA, Part.INFRASTRUCTURE, Map.of()).awaitReady());
            progress.step("order, inventory and payment", this::addInstances);
        }
    }

    /** One more of each app. */
    void addInstances() {
        int shift = instances++ * NEXT_INSTANCE;
        List<Child> started = Arrays.stream(Service.values()).map(service -> add(service.toString(), service.toString(),
            environment(service, shift))).toList();
        Together.run(started.stream().map(child -> (Runnable) child::awaitReady).toList());
    }

    private Map<String, String> environment(Service service, int shift) {
        Map<String, String> environment = service.environment(ports.of(service) + shift, ports.managementOf(service) + shift, brokers(), databases, management);
        // Its token is all that opens it.
        environment.remove("ORDERFLOW_API_USERS");
        if (settings.poolSize > 0) {
            service.databases.forEach(database -> environment.put("ORDERFLOW_DATABASE_" + database.toUpperCase(Locale.ROOT) + "_POOLSIZE", Integer.toString(settings.poolSize)));
        }
        environment.putAll(own());
        return environment;
    }

    /** What the apps are told beside where everything is. */
    private Map<String, String> own() {
        Map<String, String> own = new HashMap<>(badge.environment(logs.resolve("keys.json")));
        if (settings.backlog > 0) {
            own.put("ORDERFLOW_ORDER_BACKLOG", Integer.toString(settings.backlog));
        }
        return own;
    }

    /** What opens the apps to the load generator. */
    Badge badge() {
        return badge;
    }

    private synchronized Child add(String name, String part, Map<String, String> environment) {
        List<String> jvmOptions = new ArrayList<>(Arrays.asList(settings.jvmOptions.strip().split("\\s+")));
        boolean recorded = settings.profile && !part.equals(Part.INFRASTRUCTURE);
        // Java 17 crashes where it records the loading of a class out of such an archive that a jar has for some versions of Java only.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.equals("-XX:+UseTransparentHugePages") || !recorded && option.matches("-XX:(AOTCache|SharedArchiveFile)=.*")).forEach(jvmOptions::add);
        if (recorded) {
            jvmOptions.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + logs.resolve(part + "-" + instances + ".jfr"));
        }
        List<String> arguments = List.of("bench", "part", part, "--data", data.toString(),
            "--order-port=" + ports.order, "--inventory-port=" + ports.inventory, "--payment-port=" + ports.payment,
            "--order-management-port=" + ports.orderManagement, "--inventory-management-port=" + ports.inventoryManagement,
            "--payment-management-port=" + ports.paymentManagement, "--kafka-port=" + ports.kafka, "--postgres-port=" + ports.postgres);
        Child child = new Child(name, jvmOptions, arguments, environment, logs.resolve(part + "-" + instances + ".log"));
        children.add(child);
        return child;
    }

    String brokers() {
        return "127.0.0.1:" + ports.kafka;
    }

    Database database(String name) {
        return databases.get(name);
    }

    Login management() {
        return management;
    }

    /** Where orders are placed, at every instance. */
    List<Integer> orderPorts() {
        return Stream.iterate(ports.order, port -> port + NEXT_INSTANCE).limit(instances).toList();
    }

    /** Where the apps tell what they have done, at every instance. */
    List<Integer> managementPorts() {
        return Arrays.stream(Service.values()).flatMap(service -> Stream.iterate(ports.managementOf(service), port -> port + NEXT_INSTANCE).limit(instances)).toList();
    }

    /** The process numbers by what they are called in the report; PostgreSQL's is that of its first process. */
    Map<String, List<Long>> pids() {
        Map<String, List<Long>> pids = new LinkedHashMap<>();
        children.forEach(child -> pids.computeIfAbsent(child.name, name -> new ArrayList<>()).add(child.pid()));
        try {
            Postmaster.of(data.resolve("postgres").resolve("data")).ifPresent(server -> pids.put(POSTGRES, List.of(server.pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pids;
    }

    /** The bytes that the apps really need, by app. */
    Map<String, Long> heapAfterCollection() {
        Map<String, Long> heap = new LinkedHashMap<>();
        children.stream().filter(child -> !child.name.equals(KAFKA)).forEach(child -> heap.merge(child.name, child.heapAfterCollection(), Long::sum));
        return heap;
    }

    /** A measurement of a system that has lost a part is none. */
    void mustBeAlive() {
        children.stream().filter(child -> !child.isAlive()).findAny().ifPresent(dead -> {
            throw new Problem(dead.name + " has ended before its time; its log is " + dead.log());
        });
    }

    /** Stops the apps first, then what they stand on. */
    @Override
    public synchronized void close() {
        if (children.isEmpty()) {
            return;
        }
        List<Child> apps = children.stream().filter(child -> !child.name.equals(KAFKA)).toList();
        Together.run(close(apps));
        children.removeAll(apps);
        Together.run(close(children));
        children.clear();
        // A PostgreSQL server outlives a process that was killed before it could stop it.
        try (DataFolder folder = DataFolder.open(data)) {
            Layout.stopLeftOvers(folder);
        }
    }

    private static Collection<Runnable> close(List<Child> children) {
        return children.stream().map(child -> (Runnable) child::close).toList();
    }

    Path data() {
        return data;
    }
}
