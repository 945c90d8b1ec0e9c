package io.orderflow.routes.order;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.orderflow.routes.batch.Databases;
import io.orderflow.routes.door.Admissions;
import io.orderflow.routes.door.Allowance;
import jakarta.validation.Validator;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order service: takes orders in, and settles each by what stock and payment say. The database {@code orders} is its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrderSettings.class)
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
    Admissions orderAdmissions() {
        return new Admissions()
            .customers(POST, "/orders").customers(POST, "/orders/batch").customers(GET, "/orders/{orderId}").customers(GET, "/orders")
            .customers(GET, "/products").customers(GET, "/products/{sku}").operators(PUT, "/products/{sku}");
    }

    @Bean
    RouteBuilder placeOrder(Validator validator) {
        return new PlaceOrder(validator);
    }

    @Bean
    RouteBuilder placeOrderBatch(Validator validator) {
        return new PlaceOrderBatch(validator);
    }

    @Bean
    Allowance orderBatchAllowance() {
        return new Allowance("/orders/batch", 4 * 1024 * 1024);
    }

    @Bean
    Backlog backlog(OrderSettings settings) {
        return new Backlog(settings.backlog());
    }

    @Bean
    RouteBuilder watchBacklog(Backlog backlog) {
        return new WatchBacklog(backlog);
    }

    @Bean
    RouteBuilder storeOrders(Backlog backlog) {
        return new StoreOrders(backlog);
    }

    @Bean
    RouteBuilder forgetKeys(OrderSettings settings) {
        return new ForgetKeys(settings);
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
    RouteBuilder findOrders(Validator validator) {
        return new FindOrders(validator);
    }

    @Bean
    RouteBuilder findProduct() {
        return new FindProduct();
    }

    @Bean
    RouteBuilder findProducts(Validator validator) {
        return new FindProducts(validator);
    }

    @Bean
    RouteBuilder keepProduct(Validator validator) {
        return new KeepProduct(validator);
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
