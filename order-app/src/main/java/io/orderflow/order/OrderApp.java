package io.orderflow.order;

import io.orderflow.routes.Kit;
import io.orderflow.routes.order.OrderRoutes;
import io.orderflow.routes.parking.ParkingRoutes;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Hosts the order service, and the parking desk. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Kit.class, OrderRoutes.class, ParkingRoutes.class})
public class OrderApp {

    public static void main(String[] args) {
        app().run(args);
    }

    /** The app, ready to run; its settings are in {@code order-app.yml}, for several apps may share one class path. */
    public static SpringApplicationBuilder app() {
        return new SpringApplicationBuilder(OrderApp.class).properties("spring.config.name=order-app");
    }
}
