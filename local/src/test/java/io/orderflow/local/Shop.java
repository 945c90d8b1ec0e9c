package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The customers at the order app's door, each with a name of their own; remembers every request and what became of it. */
class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    /** Who orders for customers of any name. */
    static final String LOGIN = Demo.OPERATOR.login().basic();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final URI orders;
    private final Collection<Visit> visits = new ConcurrentLinkedQueue<>();

    Shop(int port) {
        orders = URI.create("http://127.0.0.1:" + port + "/orders");
    }

    record Line(String sku, long quantity) {
    }

    record Wish(String method, List<Line> lines) {
        /** How much of each SKU, whatever the lines. */
        TreeMap<String, Long> quantities() {
            TreeMap<String, Long> quantities = new TreeMap<>();
            lines.forEach(line -> quantities.merge(line.sku, line.quantity, Long::sum));
            return quantities;
        }
    }

    /** What a customer can say of a request: it was accepted, it was refused, nothing left the house, or nobody knows. */
    enum Outcome { ACCEPTED, REFUSED, NEVER_SENT, UNKNOWN }

    /** @param sent {@link System#nanoTime()} before the request was sent */
    record Visit(String customer, Wish wish, Outcome outcome, int status, String retryAfter, String mediaType, JsonNode answer, long sent) {
        UUID orderId() {
            return UUID.fromString(answer.path("id").asText());
        }
    }

    static Line line(String sku, long quantity) {
        return new Line(sku, quantity);
    }

    static Wish wish(String method, Line... lines) {
        return new Wish(method, List.of(lines));
    }

    /** Places an order that must be accepted. */
    UUID place(String method, Line... lines) {
        Visit visit = tryToPlace(wish(method, lines));
        assertThat(visit.status()).as("status of the answer %s", visit.answer()).isEqualTo(202);
        return visit.orderId();
    }

    /** Tries to place an order; remembers what was answered, if anything. */
    Visit tryToPlace(Wish wish) {
        String customer = "customer-" + CUSTOMERS.incrementAndGet();
        ObjectNode order = JSON.createObjectNode().put("customer", customer).put("currency", "EUR").put("paymentMethod", wish.method);
        wish.lines.forEach(line -> order.withArray("lines").addObject().put("sku", line.sku).put("quantity", line.quantity));
        long sent = System.nanoTime();
        Visit visit = visit(customer, wish, order, sent);
        visits.add(visit);
        return visit;
    }

    private Visit visit(String customer, Wish wish, ObjectNode order, long sent) {
        HttpRequest request = HttpRequest.newBuilder(orders).timeout(Duration.ofSeconds(60)).header("Authorization", LOGIN).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(order.toString())).build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            int status = answer.statusCode();
            Outcome outcome = status == 202 ? Outcome.ACCEPTED : status < 500 ? Outcome.REFUSED : Outcome.UNKNOWN;
            return new Visit(customer, wish, outcome, status, answer.headers().firstValue("Retry-After").orElse(null), answer.headers().firstValue("Content-Type").orElse(null),
                JSON.readTree(answer.body()), sent);
        } catch (ConnectException e) {
            return new Visit(customer, wish, Outcome.NEVER_SENT, 0, null, null, MissingNode.getInstance(), sent);
        } catch (IOException e) {
            return new Visit(customer, wish, Outcome.UNKNOWN, 0, null, null, MissingNode.getInstance(), sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An order as the shop shows it. */
    JsonNode read(UUID order) {
        try {
            HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(URI.create(orders + "/" + order)).header("Authorization", LOGIN).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as("status of GET /orders/%s", order).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for an order to come to this status, and shows it then. */
    JsonNode await(UUID order, String status) {
        Rig.await("order " + order + " is " + status).untilAsserted(() -> assertThat(read(order).path("status").asText()).isEqualTo(status));
        return read(order);
    }

    /** Every request so far. */
    List<Visit> visits() {
        return List.copyOf(visits);
    }

    List<Visit> accepted() {
        return visits.stream().filter(visit -> visit.outcome == Outcome.ACCEPTED).toList();
    }
}
