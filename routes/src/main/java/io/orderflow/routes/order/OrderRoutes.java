package io.orderflow.routes.order;

import io.orderflow.routes.batch.Databases;
import jakarta.validation.Validator;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order service: takes orders in, and settles each by what stock and payment say. The database {@code orders} is its own. */
@Configuration(proxyBeanMethods = false)
public class OrderRoutes {

    @Bean
    DataSource orders(Databases databases) {
        return databases.open("orders");
    }

    @Bean
    RouteBuilder orderApi() {
        return new OrderApi();
    }

    @Bean
    RouteBuilder placeOrder(Validator validator) {
        return new PlaceOrder(validator);
    }

    @Bean
    RouteBuilder storeOrders() {
        return new StoreOrders();
    }

    @Bean
    RouteBuilder publishOrders() {
        return new PublishOrders();
    }

    @Bean
    RouteBuilder findOrder() {
        return new FindOrder();
    }

    @Bean
    RouteBuilder rejectOrder() {
        return new RejectOrder();
    }

    @Bean
    RouteBuilder updateOrderPayment() {
        return new UpdateOrderPayment();
    }
}
