package io.orderflow.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What one customer wants, how the customer asks for it, and what the customer was told so far. */
class Wish {
    private static final ObjectMapper JSON = new ObjectMapper();

    final int number;
    final String customer;
    /** The {@code Idempotency-Key}; who has none never asks again. */
    final String key;
    final String method;
    final TreeMap<String, Long> lines;
    /** Whether it is for something that is not sold. */
    final boolean impossible;
    int asked;
    boolean refused;
    UUID order;
    long total;

    Wish(int number, boolean keyed, String method, Map<String, Long> lines, boolean impossible) {
        this.number = number;
        this.customer = "customer-" + number;
        this.key = keyed ? "key-" + number : null;
        this.method = method;
        this.lines = new TreeMap<>(lines);
        this.impossible = impossible;
    }

    /** The number of the order that a customer's wish becomes. */
    static int number(String customer) {
        return Integer.parseInt(customer.substring("customer-".length()));
    }

    boolean isAnswered() {
        return order != null || refused;
    }

    /** The body of the request, its longest line asked for in two parts. */
    byte[] body() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("customer", customer).put("currency", "EUR").put("paymentMethod", method);
        lines.forEach((sku, quantity) -> {
            if (quantity > 2) {
                body.withArray("lines").addObject().put("sku", sku).put("quantity", quantity - 1);
                body.withArray("lines").addObject().put("sku", sku).put("quantity", 1);
            } else {
                body.withArray("lines").addObject().put("sku", sku).put("quantity", quantity);
            }
        });
        return JSON.writeValueAsBytes(body);
    }

    /** The customer reads an answer. */
    void hear(int status, String text) throws Exception {
        if (status >= 500) {
            return;
        }
        if (status != 202 && !(status == 422 && impossible)) {
            throw new AssertionError("I1: order " + number + " is answered " + status + ": " + text);
        }
        if (status == 422) {
            refused = true;
            return;
        }
        JsonNode placed = JSON.readTree(text);
        UUID id = UUID.fromString(placed.path("id").asText());
        if (order != null && !order.equals(id)) {
            throw new AssertionError("I1: customer " + number + " asked under one key and got two orders, " + order + " and " + id);
        }
        order = id;
        total = placed.path("total").asLong();
    }

    @Override
    public String toString() {
        return "#" + number + " " + method + " " + lines + (key == null ? " without a key" : "");
    }
}
