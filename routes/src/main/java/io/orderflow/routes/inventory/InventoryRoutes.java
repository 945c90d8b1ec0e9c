package io.orderflow.routes.inventory;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import io.orderflow.routes.batch.Databases;
import io.orderflow.routes.door.Admissions;
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
    Admissions inventoryAdmissions() {
        return new Admissions()
            .customers(GET, "/stock").customers(GET, "/stock/{sku}")
            .operators(POST, "/stock/{sku}/receipts").operators(POST, "/stock/{sku}/adjustments").operators(GET, "/stock/{sku}/movements")
            .operators(GET, "/reservations/{orderId}");
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
