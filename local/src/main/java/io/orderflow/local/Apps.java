package io.orderflow.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.Banner;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the three apps side by side in this process, each with a Spring context, a Camel context, ports and databases of its own. */
class Apps implements AutoCloseable {

    /** How long an app may take to finish what it has in hand, in seconds; what is cut off then is delivered again at the next start. */
    private static final int SECONDS_TO_FINISH = 10;

    private final Ports ports;
    private final Broker broker;
    private final Map<String, Database> databases;
    private final Login management;
    private final Progress progress;
    private final Collection<ConfigurableApplicationContext> running = new ConcurrentLinkedQueue<>();

    Apps(Ports ports, Broker broker, Map<String, Database> databases, Login management, Progress progress) {
        this.ports = ports;
        this.broker = broker;
        this.databases = databases;
        this.management = management;
        this.progress = progress;
    }

    /** Starts the apps and returns when all of them are up. */
    void start() {
        for (Service service : Service.values()) {
            progress.step("app " + service + " on http://localhost:" + ports.of(service), () -> start(service));
        }
    }

    private void start(Service service) {
        running.add(service.builder.get()
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .run(settings(service)));
    }

    private String[] settings(Service service) {
        List<String> settings = new ArrayList<>(List.of(
            "--server.port=" + ports.of(service),
            // Everybody knows the passwords of these users.
            "--server.address=127.0.0.1",
            "--orderflow.api.users=" + Demo.users(),
            "--management.server.port=" + ports.managementOf(service),
            "--camel.component.kafka.brokers=" + broker.brokers(),
            "--camel.main.shutdown-timeout=" + SECONDS_TO_FINISH,
            "--spring.lifecycle.timeout-per-shutdown-phase=" + SECONDS_TO_FINISH + "s",
            "--orderflow.management.username=" + management.username(),
            "--orderflow.management.password=" + management.password()));
        for (String name : service.databases) {
            databases.get(name).settings().forEach((setting, value) -> settings.add("--orderflow.database." + name + "." + setting + "=" + value));
        }
        return settings.toArray(String[]::new);
    }

    /** Stops the apps, each finishing what it has in hand. */
    @Override
    public void close() {
        Together.run(running.stream().map(context -> (Runnable) context::close).toList());
        running.clear();
    }
}
