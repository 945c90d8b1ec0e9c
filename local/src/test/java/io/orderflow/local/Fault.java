package io.orderflow.local;

import static io.orderflow.local.Shop.line;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.local.Shop.Line;
import io.orderflow.local.Shop.Wish;
import io.orderflow.local.check.ClientLog;
import io.orderflow.local.check.Verdict;
import io.orderflow.routes.event.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A fault that the system must survive, and a bounded load while it lasts. Each is also a program, which ends with what the checker says. */
enum Fault {
    /** Two instances have the same orders in hand at the same moment, each of them twice within a batch. */
    TWINS {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.ORDER, Service.PAYMENT)) {
                List<AppProcess> twins = List.of(rig.launch(Service.INVENTORY), rig.launch(Service.INVENTORY));
                twins.forEach(AppProcess::awaitReady);
                rig.stock("TEAPOT", 2_450, 1_000_000);
                Rig.await("both instances share the work").until(() -> rig.bus().members("reserve-inventory") == 2);
                for (int round = 0; round < 3; round++) {
                    round(rig);
                }
                return verdict(rig);
            }
        }

        /** One lock holds both up while the same work piles up for both; a second one, that waits behind them, holds them up with it in hand. */
        private void round(Rig rig) {
            CompletableFuture<RowLock> second;
            try (RowLock first = RowLock.on(rig, "inventory", "select from stock for update")) {
                Rig.await("both instances wait for the stock").until(() -> {
                    rig.shop.place("pm_card_ok", line("TEAPOT", 1));
                    return first.waitingClients() >= 2;
                });
                List<UUID> orders = place(rig, 40);
                awaitPublished(rig, orders);
                rig.bus().send(rig.bus().all(Topics.ORDER_CREATED).stream().filter(record -> orders.contains(UUID.fromString(Bus.text(record.key()))))
                    .flatMap(record -> IntStream.range(0, 6).mapToObj(partition -> copy(record, Topics.replay("reserve-inventory"), partition))).toList());
                second = CompletableFuture.supplyAsync(() -> RowLock.on(rig, "inventory", "select from stock for update"));
                Rig.await("somebody waits behind both instances").until(() -> rig.sql("inventory")
                    .queryForObject("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", Long.class) >= 3);
            }
            try (RowLock held = second.join()) {
                Rig.await("both instances wait for the stock with the same orders").until(() -> held.waitingClients() >= 2);
            }
        }
    },
    /** Every record of every topic is delivered once more. */
    DUPLICATES {
        @Override
        Verdict play() {
            try (Rig rig = Rig.whole()) {
                Traffic.stock(rig);
                Traffic.rush(rig.shop, new Random(SEED), 300, 4);
                rig.awaitTheEnd();
                Bus.EVENTS.forEach(topic -> rig.bus().send(rig.bus().all(topic).stream().map(Bus::copy).toList()));
                return verdict(rig);
            }
        }
    },
    /** An app is killed while its statement waits. */
    KILLED {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.ORDER, Service.PAYMENT)) {
                AppProcess inventory = rig.launch(Service.INVENTORY).awaitReady();
                rig.stock("TEAPOT", 2_450, 1_000_000);
                try (RowLock stock = RowLock.on(rig, "inventory", "select from stock for update")) {
                    place(rig, 20);
                    Rig.await("orders are in hand").until(() -> stock.waitingClients() >= 1);
                    inventory.kill();
                }
                rig.launch(Service.INVENTORY).awaitReady();
                return verdict(rig);
            }
        }
    },
    /** The databases are away for longer than a batch is tried again in place. */
    OUTAGE {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.ORDER, Service.PAYMENT)) {
                AppProcess inventory = impatient(rig);
                rig.stock("TEAPOT", 2_450, 1_000_000);
                withoutDatabases(rig, () -> await(Duration.ofSeconds(30)));
                place(rig, 20);
                return inventory.isAlive() ? verdict(rig) : null;
            }
        }
    },
    /** An app is started for the first time when there is work for it already. */
    LATE {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.ORDER)) {
                rig.sql("orders").update("insert into product (sku, name, currency, price) values ('TEAPOT', 'Teapot', 'EUR', 2450)");
                List<UUID> orders = place(rig, 20);
                awaitPublished(rig, orders);
                rig.host(Service.INVENTORY);
                rig.host(Service.PAYMENT);
                rig.sql("inventory").update("insert into stock (sku, available) values ('TEAPOT', 1000)");
                rig.sql("inventory").update("insert into stock_ledger (sku, kind, delta) values ('TEAPOT', 'RECEIPT', 1000)");
                return verdict(rig);
            }
        }
    },
    /** Two instances take orders in, and a commit may take a moment longer than the one after it. */
    SLOW_COMMITS {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.ORDER, Service.INVENTORY, Service.PAYMENT)) {
                int port = FreePorts.take();
                rig.launchAside(Service.ORDER, Map.of("ORDERFLOW_PORT", Integer.toString(port))).awaitReady();
                Traffic.stock(rig);
                rig.sql("orders").execute("""
                    create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(random() * 0.2); return null; end $$;
                    create trigger dawdle after insert on outbox for each statement execute function dawdle()""");
                Shop other = new Shop(port);
                Together.run(List.of(() -> Traffic.rush(rig.shop, new Random(SEED), 150, 3), () -> Traffic.rush(other, new Random(SEED + 1), 150, 3)));
                try (ClientLog log = new Checker(rig).log(other)) {
                    return new Checker(rig).verdict(log, PATIENCE);
                }
            }
        }
    },
    /** The broker takes no orders, and the app that has them is killed. */
    REFUSED {
        @Override
        Verdict play() {
            try (Rig rig = bare(Service.INVENTORY, Service.PAYMENT)) {
                AppProcess order = rig.launch(Service.ORDER).awaitReady();
                rig.stock("TEAPOT", 2_450, 1_000_000);
                rig.bus().refuse(Topics.ORDER_CREATED);
                place(rig, 20);
                await(Duration.ofSeconds(3));
                order.kill();
                rig.bus().admit(Topics.ORDER_CREATED);
                rig.launch(Service.ORDER).awaitReady();
                return verdict(rig);
            }
        }
    },
    /** Charges fail, and answers to charges are lost. */
    LOST_ANSWERS {
        @Override
        Verdict play() {
            try (Rig rig = Rig.whole()) {
                Traffic.stock(rig);
                Random random = new Random(SEED);
                List<String> methods = List.of("pm_card_ok", "pm_card_timeout_before", "pm_card_timeout_after", "pm_card_error");
                for (int n = 0; n < 100; n++) {
                    rig.shop.tryToPlace(new Wish(methods.get(random.nextInt(methods.size())), List.of(new Line(Traffic.HOT, 1 + random.nextInt(3)))));
                }
                return verdict(rig);
            }
        }
    },
    /** Records that can never succeed are among good ones. */
    POISON {
        @Override
        Verdict play() {
            try (Rig rig = Rig.whole()) {
                Traffic.stock(rig);
                Traffic.rush(rig.shop, new Random(SEED), 100, 4);
                List<ProducerRecord<byte[], byte[]>> bad = new ArrayList<>();
                for (String text : List.of("this is not JSON", "", "null", "[]", "{}", "{\"orderId\":\"12345\"}", "{\"orderId\":\"0199aaaa-0000-7000-8000-000000000001\",\"lines\":")) {
                    for (int partition = 0; partition < 3; partition++) {
                        bad.add(new ProducerRecord<>(Topics.ORDER_CREATED, partition, "any key".getBytes(UTF_8), text.getBytes(UTF_8)));
                    }
                }
                List<RecordMetadata> places = rig.bus().send(bad);
                Traffic.rush(rig.shop, new Random(SEED + 1), 100, 4);
                try (ClientLog log = new Checker(rig).log()) {
                    for (int n = 0; n < bad.size(); n++) {
                        log.poison(places.get(n).topic(), places.get(n).partition(), places.get(n).offset(), bad.get(n).value());
                    }
                    return new Checker(rig).verdict(log, PATIENCE);
                }
            }
        }
    };

    static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("fault.patience", 60));
    private static final long SEED = Long.getLong("fault.seed", 5);

    /** Plays it on a fresh system; whatever is wrong then, the checker must say. */
    abstract Verdict play();

    /** {@code Fault <name> <file for the verdict>}; ends with 0 for clean, 1 for violated and 2 where it could not be played. */
    public static void main(String[] args) {
        int result = 2;
        try {
            Verdict verdict = valueOf(args[0].toUpperCase(Locale.ROOT).replace('-', '_')).play();
            System.out.println(verdict.text());
            Files.writeString(Path.of(args[1]), verdict.json());
            result = verdict.isClean() ? 0 : 1;
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
        } finally {
            System.exit(result);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Rig bare(Service... hosted) {
        Rig rig = Rig.bare("orders", "inventory", "payments", "gateway");
        try {
            for (Service service : hosted) {
                rig.host(service);
            }
            return rig;
        } catch (RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    private static Verdict verdict(Rig rig) {
        return new Checker(rig).verdict(PATIENCE);
    }

    private static List<UUID> place(Rig rig, int orders) {
        return IntStream.range(0, orders).mapToObj(n -> rig.shop.place("pm_card_ok", line("TEAPOT", 1))).toList();
    }

    private static void awaitPublished(Rig rig, List<UUID> orders) {
        Rig.await("the orders are published").until(() -> rig.bus().all(Topics.ORDER_CREATED).stream().map(record -> UUID.fromString(Bus.text(record.key()))).toList().containsAll(orders));
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, String topic, int partition) {
        return new ProducerRecord<>(topic, partition, record.key(), record.value(), record.headers());
    }

    /** An inventory that gives a batch up after ten seconds. */
    private static AppProcess impatient(Rig rig) {
        return rig.launchAside(Service.INVENTORY, Map.of(), "--camel.component.kafka.max-poll-interval-ms=20000").awaitReady();
    }

    /** The databases stop while orders are in hand, something happens, and they come back. */
    private static void withoutDatabases(Rig rig, Runnable meanwhile) {
        RowLock stock = RowLock.on(rig, "inventory", "select from stock for update");
        place(rig, 20);
        Rig.await("orders are in hand").until(() -> stock.waitingClients() >= 1);
        rig.postgres.stop();
        meanwhile.run();
        rig.postgres.start();
        Rig.await("orders are accepted again").until(() -> rig.shop.tryToPlace(Shop.wish("pm_card_ok", line("TEAPOT", 1))).status() == 202);
    }

    /** As long as a fault lasts. */
    private static void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Rig.await("a fault of " + time).until(() -> System.nanoTime() > end);
    }
}
