package io.orderflow.local.bench;

import io.orderflow.local.Broker;
import io.orderflow.local.DataFolder;
import io.orderflow.local.Layout;
import io.orderflow.local.Orderflow;
import io.orderflow.local.Passwords;
import io.orderflow.local.Ports;
import io.orderflow.local.Postgres;
import io.orderflow.local.Progress;
import io.orderflow.local.Service;
import io.orderflow.local.Together;
import io.orderflow.routes.event.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A part of the system in a process of its own, as long as its standard input is open: it cannot outlive the process that started it,
 * however that ends. It says on its standard output when it is ready, and answers what it is asked; see {@link Child}.
 */
@Command(name = "part", hidden = true, description = "Runs a part of the system for the benchmark, until its standard input is closed.")
public class Part implements Callable<Integer> {

    static final String INFRASTRUCTURE = "infrastructure";
    /** The broker and the databases apart, so that one can be killed and the other not. */
    public static final String BROKER = "broker";
    public static final String DATABASES = "databases";
    static final String EVERYTHING = "everything";
    static final String HEAP_AFTER_COLLECTION = "heap-after-collection";
    /** Tells an answer from what the virtual machine may say on the same way. */
    static final String ANSWER = "bench: ";

    @Parameters(index = "0", description = "infrastructure, broker, databases, order, inventory, payment or everything")
    private String what;
    @Option(names = "--data", required = true)
    private Path data;
    @Option(names = "--with", paramLabel = "<class>", description = "a Spring configuration that the app is given on top of its own")
    private Class<?> addition;
    @Mixin
    private Ports ports;

    private final List<Runnable> stops = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        // Standard output belongs to the one who asks; whatever logs goes the other way.
        PrintStream answers = System.out;
        System.setOut(System.err);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        // From the first moment: who starts it may be gone before it has started.
        Thread questions = new Thread(() -> answer(System.in, answers), "questions");
        questions.setDaemon(true);
        questions.start();
        start();
        answers.println(ANSWER + "ready");
        new CountDownLatch(1).await();
        return 0;
    }

    /** Ends this process when nobody can ask any more. */
    private static void answer(InputStream input, PrintStream answers) {
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII))) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                answers.println(ANSWER + (question.equals(HEAP_AFTER_COLLECTION) ? heapAfterCollection() : "?"));
            }
        } catch (IOException nobodyIsThere) {
            // that is the end, too
        }
        System.exit(0);
    }

    private void start() {
        switch (what) {
            case INFRASTRUCTURE -> startInfrastructure();
            case BROKER -> startBroker(data);
            case DATABASES -> startDatabases(DataFolder.open(data));
            case EVERYTHING -> startEverything();
            default -> startApp(Service.valueOf(what.toUpperCase(Locale.ROOT)));
        }
    }

    private void startInfrastructure() {
        DataFolder folder = DataFolder.open(data);
        Together.run(List.of(() -> startBroker(folder.path()), () -> startDatabases(folder)));
    }

    private void startBroker(Path folder) {
        Broker broker = new Broker(folder.resolve("kafka"), ports.kafka);
        stopBy(broker::close);
        broker.start();
        broker.create(Topics.all());
    }

    private void startDatabases(DataFolder folder) {
        List<Postgres> servers = Layout.ONE.servers(folder, ports.postgres, new Passwords(folder.resolve("passwords.properties")));
        servers.forEach(server -> stopBy(server::close));
        Together.run(servers.stream().map(server -> (Runnable) server::start).toList());
    }

    private void startEverything() {
        Orderflow system = new Orderflow(DataFolder.open(data), ports, Layout.ONE, new Progress(System.err));
        stopBy(system::close);
        system.start();
    }

    private void startApp(Service service) {
        SpringApplicationBuilder builder = service.builder.get();
        if (addition != null) {
            builder.sources(addition);
        }
        ConfigurableApplicationContext app = builder.bannerMode(Banner.Mode.OFF).registerShutdownHook(false).run();
        stopBy(app::close);
    }

    private synchronized void stopBy(Runnable stop) {
        stops.add(stop);
    }

    private synchronized void stop() {
        Together.run(stops);
    }

    /** What is really in use, in bytes: the second collection takes what the first one let go. */
    private static String heapAfterCollection() {
        System.gc();
        System.gc();
        return Long.toString(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
}
