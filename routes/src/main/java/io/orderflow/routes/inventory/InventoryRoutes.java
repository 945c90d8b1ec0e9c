package io.orderflow.routes.inventory;

import io.orderflow.routes.batch.Databases;
import jakarta.validation.Validator;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inventory service: keeps stock, sets it aside for orders and gives it back. The database {@code inventory} is its own. */
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

    @Bean
    RouteBuilder inventoryApi() {
        return new InventoryApi();
    }

    @Bean
    RouteBuilder findStock(Validator validator) {
        return new FindStock(validator);
    }

    @Bean
    RouteBuilder findStockItem() {
        return new FindStockItem();
    }

    @Bean
    RouteBuilder receiveStock(Validator validator) {
        return new ReceiveStock(validator);
    }

    @Bean
    RouteBuilder adjustStock(Validator validator) {
        return new AdjustStock(validator);
    }

    @Bean
    RouteBuilder findMovements(Validator validator) {
        return new FindMovements(validator);
    }

    @Bean
    RouteBuilder findReservation() {
        return new FindReservation();
    }
}
