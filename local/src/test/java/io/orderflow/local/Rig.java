package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.Banner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A system under test: a real broker and real databases on free ports in a folder of its own, and whatever apps run on them. */
class Rig implements AutoCloseable {
    /** Long enough for a slow machine with much else to do: no test asserts how fast something is. */
    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final Path WORK = Path.of("target", "systems").toAbsolutePath();

    final Path folder;
    final Ports ports = FreePorts.all();
    final Broker broker;
    final Postgres postgres;
    final Login operator;
    final Shop shop;
    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final DataFolder held;
    private final Orderflow whole;
    private final List<ConfigurableApplicationContext> hosted = new ArrayList<>();
    private final List<AppProcess> processes = new CopyOnWriteArrayList<>();
    private final Thread lastCall = new Thread(this::leaveNothingRunning);
    private Bus bus;

    /** The whole system in this process, just as {@code ./run} has it. */
    static Rig whole() {
        return started(new Rig(true));
    }

    /** A broker and these databases alone; apps are added one by one. */
    static Rig bare(String... databases) {
        return started(new Rig(false, databases));
    }

    private Rig(boolean whole, String... names) {
        folder = newFolder();
        held = DataFolder.open(folder);
        sharePrograms();
        if (whole) {
            this.whole = new Orderflow(held, ports, Layout.ONE, new Progress(new PrintStream(OutputStream.nullOutputStream())));
            broker = this.whole.broker();
            postgres = this.whole.servers().get(0);
            operator = this.whole.management();
        } else {
            Passwords passwords = new Passwords(held.resolve("passwords.properties"));
            this.whole = null;
            broker = new Broker(held.resolve("kafka"), ports.kafka);
            postgres = new Postgres(held.resolve("postgres"), held.resolve("postgres-programs"), ports.postgres, List.of(names), passwords);
            operator = new Login("ops", passwords.of("management"));
        }
        postgres.databases().forEach(database -> databases.put(database.name(), database));
        shop = new Shop(ports.order);
    }

    private static Rig started(Rig rig) {
        Runtime.getRuntime().addShutdownHook(rig.lastCall);
        try {
            if (rig.whole != null) {
                rig.whole.start();
            } else {
                Together.run(List.of(rig::startBroker, rig.postgres::start));
            }
            return rig;
        } catch (RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    private void startBroker() {
        broker.start();
        broker.create(Topics.all());
    }

    /** Waits for something to become true, as long as it takes within reason. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200));
    }

    /** What travels between the services. */
    synchronized Bus bus() {
        if (bus == null) {
            bus = new Bus(broker.brokers());
        }
        return bus;
    }

    Database database(String name) {
        return databases.get(name);
    }

    Map<String, Database> databases() {
        return databases;
    }

    JdbcTemplate sql(String database) {
        Database there = database(database);
        return new JdbcTemplate(new DriverManagerDataSource(there.url(), there.username(), there.password()));
    }

    /** Puts a product on sale, with so much of it in stock; price in cents. */
    void stock(String sku, long price, long quantity) {
        if (databases.containsKey("orders")) {
            sql("orders").update("insert into product (sku, name, currency, price) values (?, ?, 'EUR', ?)", sku, sku + " for tests", price);
        }
        if (databases.containsKey("inventory")) {
            sql("inventory").update("insert into stock (sku) values (?) on conflict do nothing", sku);
            receive(sku, quantity);
        }
    }

    /** More of a SKU comes in. */
    void receive(String sku, long quantity) {
        if (quantity > 0) {
            sql("inventory").update("""
                with received as (update stock set available = available + ? where sku = ? returning sku)
                insert into stock_ledger (sku, kind, delta, reason) select sku, 'RECEIPT', ?, 'for tests' from received""", quantity, sku, quantity);
        }
    }

    /** Runs an app in this process. */
    ConfigurableApplicationContext host(Service service) {
        ConfigurableApplicationContext app = service.builder.get().bannerMode(Banner.Mode.OFF).registerShutdownHook(false).run(settings(service));
        hosted.add(app);
        return app;
    }

    /** Starts an app as a process of its own, on ports of its own where it is not the first of its kind; see {@link AppProcess#awaitReady()}. */
    AppProcess launch(Service service) {
        boolean first = processes.stream().noneMatch(process -> process.service == service && process.isAlive());
        AppProcess process = first ? new AppProcess(this, service, port(service), managementPort(service), Map.of())
            : new AppProcess(this, service, FreePorts.take(), FreePorts.take(), Map.of());
        processes.add(process);
        return process;
    }

    /** Starts one more app as a process of its own, on ports of its own, with these in its environment and on its command line. */
    AppProcess launchAside(Service service, Map<String, String> variables, String... arguments) {
        AppProcess process = new AppProcess(this, service, FreePorts.take(), FreePorts.take(), variables, arguments);
        processes.add(process);
        return process;
    }

    /** The apps of a whole system. */
    Apps apps() {
        return whole.apps();
    }

    int port(Service service) {
        return ports.of(service);
    }

    int managementPort(Service service) {
        return ports.managementOf(service);
    }

    /** What an app's management port answers whoever has its login. */
    String management(Service service, String path) {
        HttpResponse<String> answer = ApiClient.sendAsNobody(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort(service) + path)).header("Authorization", operator.basic()));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Returns when nothing is on its way any more: every order has ended, every outbox is empty, every record is committed. */
    void awaitTheEnd() {
        await("every order ends and nothing is left on its way").untilAsserted(() -> assertThat(new Checker(this).moving()).isEmpty());
    }

    private String[] settings(Service service) {
        List<String> settings = new ArrayList<>(List.of(
            "--server.port=" + port(service),
            "--management.server.port=" + managementPort(service),
            "--camel.component.kafka.brokers=" + broker.brokers(),
            "--orderflow.api.users=" + Demo.users(),
            "--orderflow.management.username=" + operator.username(),
            "--orderflow.management.password=" + operator.password()));
        for (String name : service.databases) {
            database(name).settings().forEach((setting, value) -> settings.add("--orderflow.database." + name + "." + setting + "=" + value));
        }
        return settings.toArray(String[]::new);
    }

    @Override
    public void close() {
        killAll();
        Together.run(hosted.stream().map(app -> (Runnable) app::close).toList());
        if (bus != null) {
            bus.close();
        }
        if (whole != null) {
            whole.close();
        } else {
            broker.close();
            postgres.close();
        }
        held.close();
        Runtime.getRuntime().removeShutdownHook(lastCall);
        Disk.delete(folder);
    }

    private void killAll() {
        processes.forEach(AppProcess::kill);
    }

    /** For a test run that is cut off: what runs in other processes would outlive it. */
    private void leaveNothingRunning() {
        killAll();
        postgres.close();
    }

    /** The PostgreSQL programs are unpacked once for all systems of a run. */
    private void sharePrograms() {
        try {
            Path programs = Files.createDirectories(WORK.resolve("postgres-programs"));
            Files.createSymbolicLink(held.resolve("postgres-programs"), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("orderflow-test").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
