package io.orderflow.local;

import io.orderflow.inventory.InventoryApp;
import io.orderflow.order.OrderApp;
import io.orderflow.payment.PaymentApp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the three apps side by side in this process, each with a Spring context, a Camel context, ports and databases of its own. */
class Apps implements AutoCloseable {

    /** How long an app may take to finish what it has in hand, in seconds; what is cut off then is delivered again at the next start. */
    private static final int SECONDS_TO_FINISH = 10;

    private record App(String name, Supplier<SpringApplicationBuilder> builder, int port, int managementPort, List<String> databases) {
    }

    private final List<App> apps;
    private final Broker broker;
    private final Map<String, Database> databases;
    private final Login management;
    private final Progress progress;
    private final Collection<ConfigurableApplicationContext> running = new ConcurrentLinkedQueue<>();

    Apps(Ports ports, Broker broker, Map<String, Database> databases, Login management, Progress progress) {
        this.apps = List.of(
            new App("order", OrderApp::app, ports.order, ports.orderManagement, List.of("orders")),
            new App("inventory", InventoryApp::app, ports.inventory, ports.inventoryManagement, List.of("inventory")),
            new App("payment", PaymentApp::app, ports.payment, ports.paymentManagement, List.of("payments", "gateway")));
        this.broker = broker;
        this.databases = databases;
        this.management = management;
        this.progress = progress;
    }

    /** Starts the apps and returns when all of them are up. */
    void start() {
        apps.forEach(app -> progress.step("app " + app.name + " on http://localhost:" + app.port, () -> start(app)));
    }

    private void start(App app) {
        running.add(app.builder.get()
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .run(settings(app)));
    }

    private String[] settings(App app) {
        List<String> settings = new ArrayList<>(List.of(
            "--server.port=" + app.port,
            "--management.server.port=" + app.managementPort,
            "--camel.component.kafka.brokers=" + broker.brokers(),
            "--camel.main.shutdown-timeout=" + SECONDS_TO_FINISH,
            "--spring.lifecycle.timeout-per-shutdown-phase=" + SECONDS_TO_FINISH + "s",
            "--orderflow.management.username=" + management.username(),
            "--orderflow.management.password=" + management.password()));
        for (String name : app.databases) {
            Database database = databases.get(name);
            settings.add("--orderflow.database." + name + ".url=" + database.url());
            settings.add("--orderflow.database." + name + ".username=" + database.username());
            settings.add("--orderflow.database." + name + ".password=" + database.password());
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
