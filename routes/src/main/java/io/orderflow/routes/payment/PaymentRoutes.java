package io.orderflow.routes.payment;

import static org.springframework.http.HttpMethod.GET;

import io.orderflow.routes.batch.Databases;
import io.orderflow.routes.door.Admissions;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The payment service: takes the money for reserved orders. The database {@code payments} is its own, {@code gateway} the simulated provider's. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentSettings.class)
public class PaymentRoutes {

    @Bean
    DataSource payments(Databases databases) {
        return databases.open("payments");
    }

    @Bean
    DataSource gateway(Databases databases) {
        return databases.open("gateway");
    }

    @Bean
    Cashier cashier(@Qualifier("gateway") DataSource gateway) {
        return new Cashier(new SimulatedGateway(gateway));
    }

    @Bean
    RouteBuilder takePayment(Cashier cashier) {
        return new TakePayment(cashier);
    }

    @Bean
    RouteBuilder settlePendingPayments(Cashier cashier, PaymentSettings settings) {
        return new SettlePendingPayments(cashier, settings);
    }

    @Bean
    RouteBuilder publishPayments() {
        return new PublishPayments();
    }

    @Bean
    RouteBuilder paymentApi() {
        return new PaymentApi();
    }

    @Bean
    Admissions paymentAdmissions() {
        return new Admissions().operators(GET, "/payments/{orderId}");
    }

    @Bean
    RouteBuilder findPayment() {
        return new FindPayment();
    }
}
