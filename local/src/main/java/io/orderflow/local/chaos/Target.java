package io.orderflow.local.chaos;

import io.orderflow.local.DataFolder;
import io.orderflow.local.Database;
import io.orderflow.local.Disk;
import io.orderflow.local.Layout;
import io.orderflow.local.Login;
import io.orderflow.local.Passwords;
import io.orderflow.local.Ports;
import io.orderflow.local.Postgres;
import io.orderflow.local.Progress;
import io.orderflow.local.Service;
import io.orderflow.local.Together;
import io.orderflow.local.bench.Child;
import io.orderflow.local.bench.Part;
import io.orderflow.local.bench.Shelves;
import io.orderflow.local.chaos.Proxy.Way;
import io.orderflow.local.check.Check;
import io.orderflow.local.check.ClientLog;
import io.orderflow.local.check.Deployment;
import io.orderflow.local.check.Finding;
import io.orderflow.local.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The system under attack, in processes of its own, each database behind a proxy of its own; and what was found wrong with it. */
class Target implements AutoCloseable {

    private static final long POLL_MILLIS = 100;
    private static final long SLOWNESS_MILLIS = 2_000;
    /** From the ports of one instance to those of the next. */
    private static final int NEXT_INSTANCE = 100;

    final Settings settings;
    final Random random;
    private final Ports ports;
    private final Progress progress;
    private final Path data;
    private final Path logs;
    private final long beginning = System.nanoTime();
    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Map<String, Proxy> proxies = new LinkedHashMap<>();
    private final Collection<Child> children = new ConcurrentLinkedQueue<>();
    private final Map<Service, Child> apps = new ConcurrentHashMap<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final List<Customers> customers = new ArrayList<>();
    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();
    private Login management;
    private Child broker;
    private Post post;
    private ClientLog log;
    private Verdict verdict;
    /** Of which build an app is that is started next; null is this one. */
    private volatile Path build;
    private volatile boolean closing;

    Target(Settings settings, Ports ports, long seed, Progress progress) {
        this.settings = settings;
        this.ports = ports;
        this.random = new Random(seed);
        this.progress = progress;
        this.build = settings.older;
        this.data = settings.folder.resolve("system").toAbsolutePath();
        this.logs = settings.folder.resolve("logs").toAbsolutePath();
    }

    /** Starts everything anew: what an earlier run has left is deleted. */
    Target open() {
        try (DataFolder folder = DataFolder.open(data)) {
            Layout.stopLeftOvers(folder);
            ports.check(Layout.ONE.size());
            folder.empty();
            Disk.delete(logs);
            Files.createDirectories(logs);
            log = new ClientLog(logs.resolve("clients.ndjson"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Passwords passwords = new Passwords(data.resolve("passwords.properties"));
        List<String> names = Arrays.stream(Service.values()).flatMap(service -> service.databases.stream()).toList();
        new Postgres(data, data, ports.postgres, names, passwords).databases().forEach(database -> databases.put(database.name(), database));
        management = new Login("ops", passwords.of("management"));
        names.forEach(name -> proxies.put(name, new Proxy(ports.postgres + 1, ports.postgres, SLOWNESS_MILLIS)));
        progress.step("Kafka and PostgreSQL", () -> Together.run(List.of(this::startBroker, () -> add(Part.DATABASES).awaitReady())));
        progress.step("order, inventory and payment", this::startAll);
        Shelves.fill(databases.get("orders"), databases.get("inventory"));
        post = new Post(brokers());
        return this;
    }

    void startBroker() {
        broker = add(Part.BROKER);
        broker.awaitReady();
    }

    Child broker() {
        return broker;
    }

    /** Starts all apps, and returns when they are well. */
    void startAll() {
        Together.run(Arrays.stream(Service.values()).map(service -> (Runnable) () -> start(service).awaitReady()).toList());
    }

    /** Starts an app in the place of the one that was; options may arm it. */
    Child start(Service service, String... options) {
        Child app = add(service, 0, options);
        apps.put(service, app);
        return app;
    }

    /** Apps that are started from now on are of this build, or of the other one where that is not null. */
    void build(Path jar) {
        build = jar;
    }

    /** One more instance of an app, on ports of its own. */
    Child startAnother(Service service, int instance) {
        return add(service, instance);
    }

    private Child add(Service service, int instance, String... options) {
        Map<String, Database> behindProxies = new LinkedHashMap<>();
        databases.forEach((name, database) -> behindProxies.put(name, new Database(name,
            database.url().replace(":" + ports.postgres + "/", ":" + proxies.get(name).port + "/"), database.username(), database.password(), database.app())));
        int shift = instance * NEXT_INSTANCE;
        return add(service.toString(), build, service.environment(ports.of(service) + shift, ports.managementOf(service) + shift, brokers(), behindProxies, management), options);
    }

    Child app(Service service) {
        return apps.get(service);
    }

    private Child add(String part) {
        return add(part, null, Map.of());
    }

    private synchronized Child add(String part, Path jar, Map<String, String> environment, String... options) {
        if (closing) {
            throw new IllegalStateException("Everything is being stopped");
        }
        List<String> jvmOptions = new ArrayList<>(Arrays.asList(settings.jvmOptions.strip().split("\\s+")));
        jvmOptions.addAll(Arrays.asList(options));
        List<String> arguments = new ArrayList<>(List.of("bench", "part", part, "--data", data.toString(), "--kafka-port=" + ports.kafka, "--postgres-port=" + ports.postgres));
        if (options.length > 0) {
            arguments.addAll(List.of("--with", FailPoint.class.getName()));
        }
        Child child = new Child(part, jar, jvmOptions, arguments, environment, logs.resolve(part + "-" + starts.incrementAndGet() + ".log"));
        children.removeIf(former -> !former.isAlive());
        children.add(child);
        return child;
    }

    void be(String database, Way way) {
        proxies.get(database).be(way);
    }

    Collection<String> databases() {
        return databases.keySet();
    }

    Post post() {
        return post;
    }

    private String brokers() {
        return "127.0.0.1:" + ports.kafka;
    }

    /** What the customers remember. */
    ClientLog log() {
        return log;
    }

    /** Lets customers in, until they are closed. */
    Customers customers() {
        Customers some = new Customers(ports.order, random, settings.customers, settings.rate, log);
        customers.add(some);
        return some;
    }

    /** How many orders have ended. */
    long ended() {
        return Long.parseLong(ask("orders", "select count(*) from orders where status <> 'PENDING'"));
    }

    String ask(String database, String question) {
        try (Connection connection = databases.get(database).connect(); Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(database + ": " + e.getMessage(), e);
        }
    }

    /** Waits until so many more orders have ended: what is to happen then, happens to a system that is at work. */
    long awaitProgress(int more) {
        long before = ended();
        await(more + " more orders end", () -> ended() >= before + more);
        return ended() - before;
    }

    /** Waits until nothing is on its way any more. */
    void awaitTheEnd() {
        Check check = checker();
        await("nothing is on its way", () -> check.moving().isEmpty());
    }

    /** The last one. */
    Verdict verdict() {
        return verdict;
    }

    private Check checker() {
        return new Check(new Deployment(brokers(), databases), log);
    }

    /** Looks at everything, once nothing is on its way, and complains of what is broken. */
    void check() {
        customers.forEach(Customers::close);
        customers.forEach(Customers::mustHaveCome);
        verdict = checker().run(Duration.ofSeconds(settings.patience));
        verdict.findings().stream().filter(Finding::isViolated).forEach(finding -> complain(finding.invariant() + " (" + finding.invariant().promise + ") is violated by " + finding.count()
            + ", such as " + finding.examples()));
        say("checked " + verdict.looked());
    }

    void await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > settings.patience * 1_000_000_000L) {
                throw new IllegalStateException("After " + settings.patience + " s it is still not so that " + what);
            }
            sleep(POLL_MILLIS);
        }
    }

    void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Tells what is done, and when. */
    void say(String what) {
        progress.say(String.format(Locale.ROOT, "  %7.1f s  %s", (System.nanoTime() - beginning) / 1e9, what));
    }

    /** Something was promised otherwise. */
    void complain(String what) {
        complaints.add(what);
        say("BROKEN: " + what);
    }

    /** Something took longer than is promised; in the long form alone, for a short one may be played where others take the processors. */
    void late(String what) {
        if (!settings.brief) {
            complain(what);
        }
    }

    /** What was found wrong since this was asked last. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    Path data() {
        return data;
    }

    /** Stops the apps first, then what they stand on. */
    @Override
    public void close() {
        closing = true;
        customers.forEach(Customers::close);
        synchronized (this) {
            proxies.values().forEach(proxy -> proxy.be(Way.OPEN));
            if (post != null) {
                post.close();
            }
            List<Child> standing = children.stream().filter(child -> List.of(Part.BROKER, Part.DATABASES).contains(child.name)).toList();
            children.removeAll(standing);
            Together.run(children.stream().map(child -> (Runnable) child::close).toList());
            Together.run(standing.stream().map(child -> (Runnable) child::close).toList());
            children.clear();
            proxies.values().forEach(Proxy::close);
            proxies.clear();
            if (log != null) {
                log.close();
            }
            // A PostgreSQL server outlives a process that was killed before it could stop it.
            try (DataFolder folder = DataFolder.open(data)) {
                Layout.stopLeftOvers(folder);
            }
        }
    }
}
