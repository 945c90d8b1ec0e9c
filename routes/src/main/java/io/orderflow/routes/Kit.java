package io.orderflow.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.routes.batch.Databases;
import io.orderflow.routes.batch.RouteClients;
import io.orderflow.routes.batch.Statement;
import io.orderflow.routes.door.Doors;
import io.orderflow.routes.door.Gather;
import io.orderflow.routes.failure.FailurePolicy;
import io.orderflow.routes.failure.LastResort;
import io.orderflow.routes.outbox.Outbox;
import io.orderflow.routes.settings.SettingsFirst;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What every host of routes needs: the endpoints {@code statement:}, {@code gather:} and {@code outbox:}, the failure policy, the
 * doors, and a start that takes no setting it does not know.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Databases.class)
@Import(Doors.class)
public class Kit {

    @Bean
    static SettingsFirst settingsFirst(ConfigurableEnvironment environment) {
        return new SettingsFirst(environment);
    }

    @Bean
    Statement statement() {
        return new Statement();
    }

    @Bean
    RouteClients routeClients() {
        return new RouteClients();
    }

    @Bean
    Gather gather(ObjectProvider<Gather.Pace> pace) {
        return new Gather(pace.getIfAvailable(() -> () -> true));
    }

    @Bean
    Outbox outbox(MeterRegistry meters) {
        return new Outbox(meters);
    }

    @Bean
    LastResort lastResort() {
        return new LastResort();
    }

    @Bean
    FailurePolicy failurePolicy(@Value("${camel.component.kafka.max-poll-interval-ms}") long maxPollIntervalMillis) {
        return new FailurePolicy(Duration.ofMillis(maxPollIntervalMillis / 2));
    }

    /** Gives the first box of every route a name like the others have: {@code receive-}, and the route's id. */
    @Bean
    RouteBuilderLifecycleStrategy receiveBeat() {
        return new RouteBuilderLifecycleStrategy() {
            @Override
            public void afterConfigure(RouteBuilder builder) {
                builder.getRouteCollection().getRoutes().forEach(route -> route.getInput().setId("receive-" + route.getRouteId()));
            }
        };
    }
}
