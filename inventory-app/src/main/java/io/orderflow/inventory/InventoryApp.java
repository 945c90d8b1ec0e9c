package io.orderflow.inventory;

import io.orderflow.routes.Kit;
import io.orderflow.routes.inventory.InventoryRoutes;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Hosts the inventory service. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Kit.class, InventoryRoutes.class})
public class InventoryApp {

    public static void main(String[] args) {
        app().run(args);
    }

    /** The app, ready to run; its settings are in {@code inventory-app.yml}, for several apps may share one class path. */
    public static SpringApplicationBuilder app() {
        return new SpringApplicationBuilder(InventoryApp.class).properties("spring.config.name=inventory-app");
    }
}
