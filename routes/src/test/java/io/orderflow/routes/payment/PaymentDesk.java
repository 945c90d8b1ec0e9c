package io.orderflow.routes.payment;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cashier, at a gateway that does what it is told. */
@Configuration(proxyBeanMethods = false)
class PaymentDesk {

    @Bean
    ScriptedGateway gateway() {
        return new ScriptedGateway();
    }

    @Bean
    Cashier cashier(ScriptedGateway gateway) {
        return new Cashier(gateway);
    }

    @Bean
    PaymentSettings settings() {
        return new PaymentSettings(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
}
