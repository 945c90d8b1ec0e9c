package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events as another program would write them, from their published form alone; each with a field that nobody here knows. */
class Events {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Events() {
    }

    /** Of version 1; each piece costs one euro. */
    static String orderCreated(UUID order, Shop.Line... lines) {
        ObjectNode event = event(order).put("customer", "ann").put("currency", "EUR").put("paymentMethod", "pm_card_ok")
            .put("total", List.of(lines).stream().mapToLong(line -> line.quantity() * 100).sum());
        for (Shop.Line line : lines) {
            event.withArray("lines").addObject().put("sku", line.sku()).put("quantity", line.quantity()).put("unitPrice", 100);
        }
        return event.toString();
    }

    static String orderCancelled(UUID order) {
        return event(order).put("customer", "ann").put("reason", "PAYMENT_DECLINED: card_declined").toString();
    }

    static String inventoryReserved(UUID order, String paymentMethod) {
        return event(order).put("currency", "EUR").put("total", 1_250).put("paymentMethod", paymentMethod).toString();
    }

    static String inventoryFailed(UUID order, String reason, String... shortOf) {
        ObjectNode event = event(order).put("reason", reason);
        List.of(shortOf).forEach(event.withArray("shortOf")::add);
        return event.toString();
    }

    static String paymentGenerated(UUID order, String outcome, String reason) {
        return event(order).put("outcome", outcome).put("currency", "EUR").put("amount", 2_450).put("reason", reason).toString();
    }

    static ProducerRecord<byte[], byte[]> record(String topic, UUID order, String json) {
        return new ProducerRecord<>(topic, order.toString().getBytes(UTF_8), json.getBytes(UTF_8));
    }

    static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode event(UUID order) {
        return JSON.createObjectNode().put("eventId", UUID.randomUUID().toString()).put("orderId", order.toString()).put("version", 1)
            .put("occurredAt", "2026-11-20T10:15:30.123456Z").put("addedInALaterVersion", true);
    }
}
