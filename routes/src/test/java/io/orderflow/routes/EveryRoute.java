package io.orderflow.routes;

import io.orderflow.routes.inventory.InventoryRoutes;
import io.orderflow.routes.order.OrderRoutes;
import io.orderflow.routes.parking.ParkingRoutes;
import io.orderflow.routes.payment.PaymentRoutes;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Builds every route of the system with the settings that every app has, and starts none: no broker and no database is asked for anything. */
@Retention(RetentionPolicy.RUNTIME)
@MockitoBean(name = "orders", types = DataSource.class)
@MockitoBean(name = "inventory", types = DataSource.class)
@MockitoBean(name = "payments", types = DataSource.class)
@MockitoBean(name = "gateway", types = DataSource.class)
@SpringBootTest(classes = EveryRoute.OneApp.class, properties = {
    "spring.application.name=every-route", "spring.config.import=classpath:orderflow.yml", "server.port=0", "management.server.port=0", "camel.main.auto-startup=false", "camel.component.kafka.brokers=127.0.0.1:1", "camel.component.kafka.lazy-start-producer=true",
    "orderflow.management.username=operator", "orderflow.management.password=secret", EveryRoute.USERS})
public @interface EveryRoute {
    String USERS = "orderflow.api.users=shopper:customer:secret-1 clerk:operator:secret-2";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Kit.class, OrderRoutes.class, InventoryRoutes.class, PaymentRoutes.class, ParkingRoutes.class})
    class OneApp {
    }
}
