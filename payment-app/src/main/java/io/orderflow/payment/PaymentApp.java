package io.orderflow.payment;

import io.orderflow.routes.Kit;
import io.orderflow.routes.payment.PaymentRoutes;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Hosts the payment service. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Kit.class, PaymentRoutes.class})
public class PaymentApp {

    public static void main(String[] args) {
        app().run(args);
    }

    /** The app, ready to run; its settings are in {@code payment-app.yml}, for several apps may share one class path. */
    public static SpringApplicationBuilder app() {
        return new SpringApplicationBuilder(PaymentApp.class).properties("spring.config.name=payment-app");
    }
}
