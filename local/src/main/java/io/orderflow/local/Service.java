package io.orderflow.local;

import io.orderflow.inventory.InventoryApp;
import io.orderflow.order.OrderApp;
import io.orderflow.payment.PaymentApp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An app as a deployment sees it: a program, and the databases that are its own. */
public enum Service {
    ORDER("order-app", OrderApp.class, OrderApp::app, "orders"),
    INVENTORY("inventory-app", InventoryApp.class, InventoryApp::app, "inventory"),
    PAYMENT("payment-app", PaymentApp.class, PaymentApp::app, "payments", "gateway");

    public final String app;
    final String main;
    public final Supplier<SpringApplicationBuilder> builder;
    public final List<String> databases;

    Service(String app, Class<?> main, Supplier<SpringApplicationBuilder> builder, String... databases) {
        this.app = app;
        this.main = main.getName();
        this.builder = builder;
        this.databases = List.of(databases);
    }

    /** The variables that tell a process of its own where everything is; nobody can read them off its command line. */
    public Map<String, String> environment(int port, int managementPort, String brokers, Map<String, Database> all, Login management) {
        Map<String, String> variables = new HashMap<>(Map.of(
            "ORDERFLOW_PORT", Integer.toString(port),
            "ORDERFLOW_MANAGEMENT_PORT", Integer.toString(managementPort),
            "ORDERFLOW_MANAGEMENT_USERNAME", management.username(),
            "ORDERFLOW_MANAGEMENT_PASSWORD", management.password(),
            "ORDERFLOW_API_USERS", Demo.users(),
            "ORDERFLOW_KAFKA", brokers));
        for (String name : databases) {
            String prefix = "ORDERFLOW_" + name.toUpperCase(Locale.ROOT);
            all.get(name).settings().forEach((setting, value) -> variables.put(prefix + "_" + setting.toUpperCase(Locale.ROOT).replace('-', '_'), value));
        }
        return variables;
    }

    /** The name by which people call it: {@code order}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
