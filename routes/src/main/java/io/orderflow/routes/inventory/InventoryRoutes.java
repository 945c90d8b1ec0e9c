package io.orderflow.routes.inventory;

import io.orderflow.routes.batch.Databases;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inventory service: sets stock aside for orders and gives it back. The database {@code inventory} is its own. */
@Configuration(proxyBeanMethods = false)
public class InventoryRoutes {

    @Bean
    DataSource inventory(Databases databases) {
        return databases.open("inventory");
    }

    @Bean
    RouteBuilder reserveInventory() {
        return new ReserveInventory();
    }

    @Bean
    RouteBuilder releaseInventory() {
        return new ReleaseInventory();
    }
}
