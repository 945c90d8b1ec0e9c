package io.orderflow.local;

import io.orderflow.inventory.InventoryApp;
import io.orderflow.order.OrderApp;
import io.orderflow.payment.PaymentApp;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An app as a deployment sees it: a program, and the databases that are its own. */
enum Service {
    ORDER("order-app", OrderApp::app, "orders"),
    INVENTORY("inventory-app", InventoryApp::app, "inventory"),
    PAYMENT("payment-app", PaymentApp::app, "payments", "gateway");

    final String app;
    final Supplier<SpringApplicationBuilder> builder;
    final List<String> databases;

    Service(String app, Supplier<SpringApplicationBuilder> builder, String... databases) {
        this.app = app;
        this.builder = builder;
        this.databases = List.of(databases);
    }
}
