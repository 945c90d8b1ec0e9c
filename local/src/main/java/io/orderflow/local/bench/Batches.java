package io.orderflow.local.bench;

import io.orderflow.local.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many orders travel together: what went through a route, by how often the route ran. */
class Batches {

    private static final Pattern EXCHANGES = Pattern.compile("camel_exchanges_succeeded_total\\{[^}]*routeId=\"([^\"]+)\"[^}]*} ([0-9.E+]+)");
    /** Routes that take in what waits in the order app, and the ones that it is placed and published by. */
    private static final List<String> INTAKE = List.of("store-orders", "publish-orders");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> managementPorts;
    private final String authorization;
    private final Kafka kafka;

    Batches(List<Integer> managementPorts, Login management, Kafka kafka) {
        this.managementPorts = managementPorts;
        this.authorization = management.basic();
        this.kafka = kafka;
    }

    /** @param exchanges runs by route; @param records records that each consumer group has done with */
    record Reading(Map<String, Double> exchanges, Map<String, Long> records) {

        /** Orders a run, by route, while so many orders were taken in. */
        Map<String, Double> since(Reading before, long accepted) {
            Map<String, Double> sizes = new TreeMap<>();
            Map<String, Long> done = new HashMap<>();
            records.forEach((group, count) -> done.put(group, count - before.records.getOrDefault(group, 0L)));
            INTAKE.forEach(route -> done.put(route, accepted));
            done.forEach((route, count) -> {
                double runs = exchanges.getOrDefault(route, 0.0) - before.exchanges.getOrDefault(route, 0.0);
                if (runs > 0 && count > 0) {
                    sizes.put(route, count / runs);
                }
            });
            return sizes;
        }
    }

    Reading read() {
        Map<String, Double> exchanges = new HashMap<>();
        for (int port : managementPorts) {
            Matcher found = EXCHANGES.matcher(metrics(port));
            while (found.find()) {
                exchanges.merge(found.group(1), Double.parseDouble(found.group(2)), Double::sum);
            }
        }
        return new Reading(exchanges, kafka.committed());
    }

    private String metrics(int port) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")).header("Authorization", authorization).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
