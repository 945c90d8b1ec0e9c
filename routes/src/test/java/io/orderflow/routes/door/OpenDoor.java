package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.routes.batch.RouteClients;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Runs a real server with our doors and the settings that every app has, and behind the doors a route that tells what has come in. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = OpenDoor.OneApp.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
    "spring.application.name=every-route", "spring.config.import=classpath:orderflow.yml", "management.server.port=-1", "orderflow.management.username=operator", "orderflow.management.password=secret", "orderflow.api.users=clerk:operator:secret",
    "management.endpoint.health.validate-group-membership=false"})
@interface OpenDoor {

    /** What a route gets to see of a request. */
    record Seen(Map<String, Object> headers, byte[] body) {
    }

    /** Somebody from outside. */
    record Visitor(Environment environment) {
        private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString("clerk:secret".getBytes(UTF_8));
        static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + path))
                .header("Authorization", LOGIN);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import(Doors.class)
    class OneApp {

        @Bean
        BlockingQueue<Seen> seen() {
            return new LinkedBlockingQueue<>();
        }

        /** The settings that every app has name it. */
        @Bean
        RouteClients routeClients() {
            return new RouteClients();
        }

        @Bean
        Visitor visitor(Environment environment) {
            return new Visitor(environment);
        }

        @Bean
        Allowance allowance() {
            return new Allowance("/probe/many", 2 * BodyLimit.LIMIT);
        }

        @Bean
        Admissions admissions() {
            return new Admissions().operators("/probe/**");
        }

        @Bean
        RouteBuilder probe(BlockingQueue<Seen> seen) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    rest("/probe").post("/{id}").to("direct:probe");
                    from("direct:probe").routeId("probe").process(exchange -> {
                        var body = exchange.getMessage().getBody(byte[].class);
                        seen.add(new Seen(new HashMap<>(exchange.getMessage().getHeaders()), body == null ? new byte[0] : body));
                        exchange.getMessage().setBody("seen");
                    });
                }
            };
        }
    }
}
