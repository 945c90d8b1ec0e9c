package io.orderflow.local;

import io.orderflow.routes.event.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole system on this machine: starts broker and databases, then the apps on them, and stops it all in the reverse order. */
public class Orderflow implements AutoCloseable {

    private final Progress progress;
    private final Broker broker;
    private final List<Postgres> servers;
    private final Apps apps;
    private final Login management;
    private volatile boolean stopping;

    /** Prepares the system on this folder; nothing is started yet. */
    public Orderflow(DataFolder folder, Ports ports, Layout layout, Progress progress) {
        this.progress = progress;
        Passwords passwords = new Passwords(folder.resolve("passwords.properties"));
        broker = new Broker(folder.resolve("kafka"), ports.kafka);
        servers = layout.servers(folder, ports.postgres, passwords);
        management = new Login("ops", passwords.of("management"));
        apps = new Apps(ports, broker, databases(), management, progress);
    }

    /** Starts everything; returns when orders can be placed, or earlier when it is being stopped. */
    public void start() {
        beat(this::startBrokerAndDatabases);
        beat(apps::start);
        beat(this::fillTheShop);
    }

    /** Stops the apps, then the broker, then the databases; waits for a start under way to come to a point where that can be done. */
    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            apps.close();
            broker.close();
            Together.run(servers.stream().map(server -> (Runnable) server::close).toList());
        }
    }

    boolean isStopping() {
        return stopping;
    }

    Login management() {
        return management;
    }

    Broker broker() {
        return broker;
    }

    List<Postgres> servers() {
        return servers;
    }

    Apps apps() {
        return apps;
    }

    /** Where each service's data is, by the name of its database. */
    public Map<String, Database> databases() {
        Map<String, Database> databases = new LinkedHashMap<>();
        servers.forEach(server -> server.databases().forEach(database -> databases.put(database.name(), database)));
        return databases;
    }

    private synchronized void beat(Runnable work) {
        if (!stopping) {
            work.run();
        }
    }

    private void startBrokerAndDatabases() {
        List<Runnable> all = new ArrayList<>();
        all.add(() -> progress.step("Kafka on " + broker.brokers(), () -> {
            broker.start();
            broker.create(Topics.all());
        }));
        servers.forEach(server -> all.add(() -> progress.step("PostgreSQL on " + server.address(), server::start)));
        Together.run(all);
    }

    private void fillTheShop() {
        try (Connection orders = databases().get("orders").connect(); Connection inventory = databases().get("inventory").connect()) {
            new Catalogue().seed(orders, inventory);
        } catch (SQLException e) {
            throw new IllegalStateException("The catalogue could not be filled: " + e.getMessage(), e);
        }
    }
}
