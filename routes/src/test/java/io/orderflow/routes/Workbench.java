package io.orderflow.routes;

import io.orderflow.routes.door.DoorPolicy;
import io.orderflow.routes.failure.FailurePolicy;
import io.orderflow.routes.failure.LastResort;
import java.time.Duration;
import org.apache.camel.Component;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a route needs around it to be tried alone: the real policies, here without patience, and a broker that takes whatever it gets. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(CamelAutoConfiguration.class)
public class Workbench {

    @Bean
    FailurePolicy failurePolicy() {
        return new FailurePolicy(Duration.ZERO);
    }

    @Bean
    LastResort lastResort() {
        return new LastResort();
    }

    @Bean
    DoorPolicy doorPolicy() {
        return new DoorPolicy();
    }

    @Bean
    Component kafka() {
        return broker();
    }

    @Bean
    Bench bench(ModelCamelContext camel) {
        return new Bench(camel);
    }

    /** Takes whatever is sent to a topic, and shows it as the mock of the topic's name. */
    public static Component broker() {
        var mocks = new MockComponent();
        mocks.setAutowiredEnabled(false);
        return mocks;
    }
}
