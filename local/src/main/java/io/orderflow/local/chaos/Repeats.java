package io.orderflow.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.local.Service;
import io.orderflow.local.Together;
import io.orderflow.local.bench.Child;
import io.orderflow.routes.event.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Everything that was ever said is said again, and changes nothing. */
class Repeats {

    private static final int MOST_TIMES = 5;
    private static final List<String> EVENTS = List.of(Topics.ORDER_CREATED, Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED, Topics.PAYMENT_GENERATED,
        Topics.ORDER_PAYMENT_UPDATED, Topics.ORDER_CANCELLED);
    private static final Map<String, List<String>> TABLES = Map.of(
        "orders", List.of("product", "orders", "idempotency_key", "outbox"),
        "inventory", List.of("stock", "stock_ledger", "reservation"),
        "payments", List.of("payment", "outbox"),
        "gateway", List.of("charge", "attempt"));

    private Repeats() {
    }

    static void strike(Target target) {
        try (Customers customers = target.customers()) {
            target.awaitProgress(4 * target.settings.orders());
        }
        target.awaitTheEnd();
        Map<String, String> before = fingerprints(target);
        for (int round = target.settings.rounds(1); round > 0; round--) {
            int sent = 0;
            for (String topic : EVENTS) {
                List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
                // Record by record, so that those of one order come in their order, and twins beside each other in one batch.
                events(target, topic).forEach(record -> {
                    for (int times = 1 + target.random.nextInt(MOST_TIMES); times > 0; times--) {
                        copies.add(new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers()));
                    }
                });
                sent += target.post().send(copies).size();
            }
            target.awaitTheEnd();
            target.say(sent + " records were delivered that were copies");
            compare(target, before);
        }
        Together.run(Arrays.stream(Service.values()).map(service -> (Runnable) () -> {
            Child app = target.app(service);
            app.terminate();
            app.awaitEnd(target.settings.patience);
        }).toList());
        target.await("every group is left by its last member", () -> Post.LISTENERS.values().stream().allMatch(target.post()::isLeft));
        target.post().startAllOver();
        target.startAll();
        target.awaitTheEnd();
        target.say("every group has started all over, and come to the end again");
        compare(target, before);
    }

    private static void compare(Target target, Map<String, String> before) {
        int repeated = 0;
        Map<String, String> now = fingerprints(target);
        before.forEach((table, print) -> {
            if (!print.equals(now.get(table))) {
                target.complain(table + " was " + print + " and is " + now.get(table));
            }
        });
        for (String topic : EVENTS) {
            Map<String, ConsumerRecord<byte[], byte[]>> firsts = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : events(target, topic)) {
                ConsumerRecord<byte[], byte[]> first = firsts.putIfAbsent(Post.header(record, "ce_id"), record);
                repeated += first == null ? 0 : 1;
                if (first != null && !(Arrays.equals(first.key(), record.key()) && Arrays.equals(first.value(), record.value())
                    && Arrays.equals(first.headers().toArray(), record.headers().toArray()))) {
                    target.complain("the same event in other words on " + topic + ": " + new String(first.value(), UTF_8) + " then " + new String(record.value(), UTF_8));
                }
            }
        }
        target.say("  compared " + before.size() + " tables and " + repeated + " repeated records with what was before");
    }

    /** What was said, and not what poison was put between. */
    private static List<ConsumerRecord<byte[], byte[]>> events(Target target, String topic) {
        return target.post().all(topic).stream().filter(record -> Post.header(record, "ce_id") != null).toList();
    }

    /** Of every row of every business table, and of the provider's ledger. */
    private static Map<String, String> fingerprints(Target target) {
        Map<String, String> prints = new TreeMap<>();
        TABLES.forEach((database, tables) -> tables.forEach(table -> prints.put(database + "." + table,
            target.ask(database, "select count(*) || ' rows ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) from " + table + " as t"))));
        return prints;
    }
}
