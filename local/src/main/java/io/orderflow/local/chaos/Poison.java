package io.orderflow.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records that can never succeed come among good ones, to everybody who listens. */
class Poison {

    private static final int ROUNDS = 20;
    private static final int MANY = 20_000;
    private static final int LARGE = 900_000;

    private Poison() {
    }

    static void strike(Target target) {
        int sent = 0;
        try (Customers customers = target.customers()) {
            for (int round = target.settings.rounds(ROUNDS); round > 0; round--) {
                target.awaitProgress(target.settings.orders());
                for (String topic : Post.LISTENERS.keySet()) {
                    target.await("there is a record on " + topic, () -> !target.post().all(topic).isEmpty());
                    List<ProducerRecord<byte[], byte[]>> bad = kinds(target.post().all(topic).get(0));
                    List<RecordMetadata> places = target.post().send(bad);
                    for (int n = 0; n < bad.size(); n++) {
                        target.log().poison(places.get(n).topic(), places.get(n).partition(), places.get(n).offset(), bad.get(n).value());
                    }
                    sent += bad.size();
                }
            }
            long progress = target.awaitProgress(target.settings.orders());
            target.say(sent + " records that can never succeed were sent, and " + progress + " more orders have ended after them");
        }
    }

    /** Twelve kinds, made from a good record: each under its key, and so on its partition. */
    private static List<ProducerRecord<byte[], byte[]>> kinds(ConsumerRecord<byte[], byte[]> good) {
        String event = new String(good.value(), UTF_8);
        List<byte[]> bodies = new ArrayList<>(Arrays.asList(
            new byte[0],
            null,
            bytes("this is not JSON"),
            bytes("[" + event + "]"),
            bytes(event.substring(0, event.length() - 1)),
            bytes(event.replace("\"orderId\"", "\"orderNumber\"")),
            bytes(event.replaceFirst("\"version\":\\d+", "\"version\":9223372036854775808")),
            bytes(event.replaceFirst("\"version\":\\d+", "\"version\":NaN")),
            bytes(event.replaceFirst("\\{", "{\"deep\":" + "[".repeat(MANY) + "]".repeat(MANY) + ",")),
            bytes("{\"large\":\"" + "x".repeat(LARGE) + "\""),
            withBadUtf8(event)));
        List<ProducerRecord<byte[], byte[]>> bad = new ArrayList<>();
        bodies.forEach(body -> bad.add(new ProducerRecord<>(good.topic(), good.partition(), good.key(), body)));
        ProducerRecord<byte[], byte[]> hostile = new ProducerRecord<>(good.topic(), good.partition(), good.key(), bytes("with hostile headers"));
        Map.of("kafka.OVERRIDE_TOPIC", "evil", "CamelKafkaOverrideTopic", "evil", "kafka.TOPIC", "evil", "CamelSqlQuery", "drop table stock", "parked-topic", "evil")
            .forEach((name, value) -> hostile.headers().add(name, bytes(value)));
        bad.add(hostile);
        return bad;
    }

    private static byte[] withBadUtf8(String event) {
        byte[] bytes = bytes(event);
        int at = event.indexOf("\"occurredAt\":\"") + "\"occurredAt\":\"".length();
        Arrays.fill(bytes, at, at + 3, (byte) 0xff);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
