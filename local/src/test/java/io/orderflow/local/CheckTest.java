package io.orderflow.local;

import static io.orderflow.local.check.Invariant.I1;
import static io.orderflow.local.check.Invariant.I10;
import static io.orderflow.local.check.Invariant.I11;
import static io.orderflow.local.check.Invariant.I12;
import static io.orderflow.local.check.Invariant.I2;
import static io.orderflow.local.check.Invariant.I3;
import static io.orderflow.local.check.Invariant.I4;
import static io.orderflow.local.check.Invariant.I5;
import static io.orderflow.local.check.Invariant.I6;
import static io.orderflow.local.check.Invariant.I7;
import static io.orderflow.local.check.Invariant.I8;
import static io.orderflow.local.check.Invariant.I9;
import static io.orderflow.local.check.Invariant.REST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.check.CheckCommand;
import io.orderflow.local.check.ClientLog;
import io.orderflow.local.check.ClientLog.Outcome;
import io.orderflow.local.check.Finding;
import io.orderflow.local.check.Invariant;
import io.orderflow.local.check.Verdict;
import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/**
 * The checker itself: clean after a day of mixed orders, and red for whatever is put wrong afterwards. Here data is edited, in a system
 * whose apps are stopped: this judges the checker, not the system. What can be taken back is; what cannot, comes last.
 */
@TestMethodOrder(OrderAnnotation.class)
class CheckTest {
    private static Rig rig;

    @BeforeAll
    static void aDayOfMixedOrders() {
        rig = Rig.whole();
        Traffic.stock(rig);
        Traffic.rush(rig.shop, Traffic.random("checker"), 300, 4);
        rig.awaitTheEnd();
        someAreParkedAndAnOperatorDecides();
        rig.awaitTheEnd();
        rig.apps().close();
    }

    /** Garbage is discarded. Two records that can be read are parked, as an older version may have done it, and are replayed. */
    private static void someAreParkedAndAnOperatorDecides() {
        Caller operator = new Caller(rig.port(Service.ORDER));
        rig.bus().send(List.of(new ProducerRecord<>(Topics.ORDER_CREATED, "any".getBytes(UTF_8), "not JSON".getBytes(UTF_8)),
            parked("reserve-inventory", rig.bus().all(Topics.ORDER_CREATED).get(0)), parked("take-payment", rig.bus().all(Topics.INVENTORY_RESERVED).get(0))));
        Rig.await("all three are at the desk").until(() -> rig.sql("orders").queryForObject("select count(*) = 3 from parked", Boolean.class));

        assertThat(operator.post("/parked/discard", "{'route': 'reserve-inventory', 'cause': 'JsonParseException', 'dryRun': false, 'reason': 'of no use'}").body().path("decided").asInt()).isEqualTo(1);
        assertThat(verdict().violated()).as("two are parked, and nobody has decided on them").containsExactly(I10);
        for (String route : List.of("reserve-inventory", "take-payment")) {
            assertThat(operator.post("/parked/replay", "{'route': '" + route + "', 'dryRun': false, 'reason': 'can be read now'}").body().path("decided").asInt()).isEqualTo(1);
        }
    }

    private static ProducerRecord<byte[], byte[]> parked(String route, ConsumerRecord<byte[], byte[]> record) {
        return parked(route, record.topic(), Integer.toString(record.partition()), Long.toString(record.offset()), record.key(), record.value());
    }

    private static ProducerRecord<byte[], byte[]> parked(String route, String topic, String partition, String offset, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> parked = new ProducerRecord<>(Topics.parked(route), key, value);
        Map.of("parked-topic", topic, "parked-partition", partition, "parked-offset", offset, "parked-error", "java.io.IOException")
            .forEach((name, text) -> parked.headers().add(name, text.getBytes(UTF_8)));
        return parked;
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @Test
    @Order(1)
    void aCleanSystemIsClean() {
        Verdict verdict = verdict();

        assertThat(verdict.violated()).as(verdict.text()).isEmpty();
        assertThat(verdict.text()).contains("Looked at 300 orders", "Clean.");
        assertThat(verdict.findings()).extracting(Finding::notLookedAt).containsOnlyNulls();
    }

    @Test
    @Order(1)
    void theCommandSaysSoToo() {
        assertThat(command()).isZero();
        assertThat(command("--json")).isZero();
    }

    @Test
    @Order(1)
    void whatCannotBeReadIsNotCalledRight() throws IOException {
        assertThat(command("--kafka", "localhost:" + rig.ports.order, "--url", "orders=jdbc:postgresql://localhost:" + rig.ports.order + "/orders")).isEqualTo(2);
        assertThat(command("--client-log", "there-is-none.ndjson")).isEqualTo(2);
        assertThat(command("--client-log", Files.writeString(rig.folder.resolve("other.ndjson"), "{\"status\":202}").toString())).isEqualTo(2);
        assertThat(command("--url", "odrers=jdbc:postgresql://localhost/orders")).isEqualTo(2);
    }

    @Test
    @Order(2)
    void findsAReservationThatIsDeleted() {
        UUID order = any("orders", "select id from orders where status = 'PAID' limit 1");
        edited("inventory", "delete from reservation where order_id = '" + order + "'",
            verdict -> finds(verdict, order, I3, I6, I8));
    }

    @Test
    @Order(2)
    void findsAPieceTooMany() {
        edited("inventory", "update stock set available = available + 1 where sku = '" + Traffic.HOT + "'",
            verdict -> assertThat(verdict.of(I3).examples()).singleElement().asString().startsWith(Traffic.HOT));
        edited("inventory", "update stock set reserved = reserved + 1, available = available - 1 where sku = '" + Traffic.HOT + "'",
            verdict -> assertThat(verdict.of(I3).examples()).singleElement().asString().startsWith(Traffic.HOT));
        UUID order = any("inventory", "select order_id from reservation where state = 'HELD' limit 1");
        edited("inventory", "update reservation set lines = jsonb_set(lines, '{0,quantity}', '99') where order_id = '" + order + "'", verdict -> finds(verdict, order, I3));
    }

    @Test
    @Order(2)
    void findsASecondCharge() {
        UUID second = UUID.randomUUID();
        edited("gateway", "insert into charge (key, currency, amount, method, outcome) values ('" + second + "', 'EUR', 100, 'pm_card_ok', 'CAPTURED')", verdict -> finds(verdict, second, I4));
    }

    @Test
    @Order(2)
    void findsAPaymentOfNoOrder() {
        UUID second = UUID.randomUUID();
        edited("payments", "insert into payment (order_id, version, state, currency, amount, method, decided_at) values ('" + second + "', 1, 'CAPTURED', 'EUR', 100, 'pm_card_ok', now())",
            verdict -> finds(verdict, second, I4, I5, I8));
    }

    @Test
    @Order(2)
    void findsACent() {
        UUID order = any("orders", "select id from orders where status = 'PAID' limit 1");
        edited("gateway", "update charge set amount = amount + 1 where key = '" + order + "'", verdict -> finds(verdict, order, I4));
        edited("payments", "update payment set amount = amount + 1 where order_id = '" + order + "'", verdict -> finds(verdict, order, I4, I5));
        edited("orders", "update orders set total = total + 1 where id = '" + order + "'", verdict -> finds(verdict, order, I1, I4, I5));
    }

    @Test
    @Order(2)
    void findsAnOrderThatIsPaidWithoutAPayment() {
        UUID order = any("orders", "select id from orders where status = 'REJECTED' limit 1");
        edited("orders", "update orders set status = 'PAID' where id = '" + order + "'", verdict -> finds(verdict, order, I3, I4, I5, I7, I8));
    }

    @Test
    @Order(2)
    void findsAnOrderThatHasNotEnded() {
        UUID order = any("orders", "select id from orders where status = 'PAID' limit 1");
        edited("orders", "update orders set status = 'PENDING' where id = '" + order + "'", verdict -> {
            finds(verdict, order, I2, I5, I6);
            assertThat(verdict.violated()).contains(REST);
        });
    }

    @Test
    @Order(2)
    void findsAnOrderThatEndedTwice() {
        UUID order = any("orders", "select id from orders where status = 'PAID' limit 1");
        edited("orders", "update orders set version = 3, timeline = timeline || jsonb_build_object('version', 3, 'status', 'PAID', 'at', now()) where id = '" + order + "'",
            verdict -> finds(verdict, order, I2));
    }

    @Test
    @Order(2)
    void findsAnEventThatIsNotPublished() {
        UUID order = any("orders", "select id from orders limit 1");
        edited("orders", "insert into outbox (event) values ('{\"type\":\"OrderCreated\",\"orderId\":\"" + order + "\"}')", verdict -> {
            finds(verdict, order, I5);
            assertThat(verdict.violated()).contains(REST);
        });
    }

    @Test
    @Order(2)
    void findsWhatTheDeskHasLostChangedOrMadeUp() {
        UUID discarded = any("orders", "select id from parked where state = 'DISCARDED'");
        edited("orders", "delete from parked where id = '" + discarded + "'", verdict -> assertThat(verdict.violated()).containsExactly(I10));
        edited("orders", "update parked set payload = 'not JSON!' where id = '" + discarded + "'", verdict -> assertThat(verdict.violated()).containsExactly(I10));
        edited("orders", "update parked set state = 'PARKED' where id = '" + discarded + "'", verdict -> assertThat(verdict.violated()).containsExactly(I10));
        edited("orders", "insert into parked (route, topic, place, record, parked_at, headers, origin) values ('take-payment', 'take-payment.parked', 0, 4711, now(), '[]', '{}')",
            verdict -> assertThat(verdict.violated()).containsExactly(I10));
        edited("orders", "insert into parked (route, topic, place, record, parked_at, headers, origin) values ('take-payment', 'take-payment.parked', 0, 4711, now() - interval '15 days', '[]', '{}')",
            verdict -> assertThat(verdict.violated()).isEmpty());
        edited("orders", "update parked set to_send = true where id = '" + discarded + "'", verdict -> assertThat(verdict.violated()).containsExactly(REST));
    }

    @Test
    @Order(2)
    void findsAnOrderThatNobodyPlacedAndOneThatIsGone() {
        // Nobody is blamed for an event that was set aside, so this must be an order of which none was.
        UUID order = any("orders", "select id from orders where status = 'REJECTED' and cast(id as text) not in (select convert_from(key, 'UTF8') from parked) limit 1");
        edited("orders", "update orders set customer = 'nobody' where id = '" + order + "'", verdict -> finds(verdict, order, I1));
        edited("orders", "delete from orders where id = '" + order + "'", verdict -> finds(verdict, order, I1, I5, I6, I8));
    }

    @Test
    @Order(2)
    void findsWhatAClientWasToldAndIsNotSo() {
        UUID order = any("orders", "select id from orders where status = 'PAID' limit 1");
        UUID unknown = UUID.randomUUID();
        try (ClientLog log = new Checker(rig).log()) {
            long now = ClientLog.now();
            log.placed("carl", "key-1", "any", Outcome.OK, 202, unknown, 100, now, now);
            log.read(order, 200, "PAID", now + 1, now + 2);
            log.read(order, 200, "PENDING", now + 3, now + 4);
            Verdict verdict = new Checker(rig).verdict(log, Duration.ZERO);
            finds(verdict, unknown, I1);
            finds(verdict, order, I12);
            assertThat(verdict.violated()).containsExactlyInAnyOrder(I1, I12);
        }
        try (ClientLog log = new Checker(rig).log()) {
            log.read(order, 404, null, ClientLog.now() + 1, ClientLog.now() + 2);
            log.poison(Topics.ORDER_CREATED, 0, 4711, new byte[0]);
            Verdict verdict = new Checker(rig).verdict(log, Duration.ZERO);
            finds(verdict, order, I12);
            assertThat(verdict.violated()).containsExactlyInAnyOrder(I10, I12);
        }
    }

    /** Nothing can be taken off a topic again: from here on the system is wrong for good, in one more way each time. */
    @Test
    @Order(3)
    void findsAParkedRecordThatNobodyCanExplain() {
        rig.bus().send(List.of(parked("reserve-inventory", Topics.ORDER_CREATED, "0", "999999", "any".getBytes(UTF_8), "poison".getBytes(UTF_8))));

        assertThat(verdict().violated()).containsExactlyInAnyOrder(REST, I10, I11);
        assertThat(command()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void findsAnEventInOtherWordsAGhostAndOneThatComesTooLate() {
        ConsumerRecord<byte[], byte[]> told = rig.bus().all(Topics.ORDER_PAYMENT_UPDATED).get(0);
        UUID order = UUID.fromString(Bus.text(told.key()));
        rig.bus().send(List.of(new ProducerRecord<>(told.topic(), told.partition(), told.key(), Bus.text(told.value()).replace("EUR", "USD").getBytes(UTF_8), told.headers())));
        finds(verdict(), order, I5);

        rig.bus().send(List.of(new ProducerRecord<>(told.topic(), told.partition(), told.key(),
            Bus.text(told.value()).replaceFirst("\"eventId\":\"[^\"]*\"", "\"eventId\":\"" + UUID.randomUUID() + "\"").getBytes(UTF_8), told.headers())));
        finds(verdict(), order, I5, I7);
    }

    @Test
    @Order(5)
    void findsARecordThatNobodyHasReadAndStockThatAnsweredTwice() {
        UUID refused = any("orders", "select id from orders where status = 'REJECTED' limit 1");
        rig.bus().send(Topics.INVENTORY_RESERVED, refused, Events.inventoryReserved(refused, "pm_card_ok"));

        Verdict verdict = verdict();
        finds(verdict, refused, I5, I6, I9);
        assertThat(verdict.violated()).contains(I11, REST);
    }

    @Test
    @Order(6)
    void findsThatTheEndOfAnOrderWasNeverTold() {
        long before = verdict().of(I5).count();
        rig.bus().forget(Topics.ORDER_PAYMENT_UPDATED);

        assertThat(verdict().of(I5).count()).isGreaterThan(before);
    }

    private static Verdict verdict() {
        return new Checker(rig).verdict(Duration.ZERO);
    }

    /** Edits data, looks, and puts it back. */
    private static void edited(String database, String statement, Consumer<Verdict> expectation) {
        JdbcTemplate sql = rig.sql(database);
        List<String> tables = sql.queryForList("select tablename from pg_tables where schemaname = 'public' and tablename not like 'flyway%'", String.class);
        tables.forEach(table -> sql.execute("create table kept_" + table + " as table " + table));
        try {
            assertThat(sql.update(statement)).as("rows edited").isEqualTo(1);
            expectation.accept(verdict());
        } finally {
            sql.execute("truncate " + String.join(", ", tables));
            List<String> order = new ArrayList<>(tables);
            // What others refer to comes first.
            Collections.sort(order, (one, other) -> one.equals("stock") ? -1 : other.equals("stock") ? 1 : one.compareTo(other));
            order.forEach(table -> sql.execute("insert into " + table + " overriding system value select * from kept_" + table));
            tables.forEach(table -> sql.execute("drop table kept_" + table));
        }
    }

    private static void finds(Verdict verdict, UUID order, Invariant... broken) {
        for (Invariant invariant : broken) {
            assertThat(verdict.of(invariant).examples()).as("what breaks %s, in%n%s", invariant, verdict.text()).anyMatch(example -> example.contains(order.toString()));
        }
    }

    private static UUID any(String database, String query) {
        return rig.sql(database).queryForObject(query, UUID.class);
    }

    private static int command(String... options) {
        List<String> all = new ArrayList<>(List.of("--data", rig.folder.toString(), "--postgres-port", Integer.toString(rig.ports.postgres), "--kafka", rig.broker.brokers(), "--patience", "1"));
        all.addAll(List.of(options));
        if (all.lastIndexOf("--kafka") != all.indexOf("--kafka")) {
            all.subList(all.indexOf("--kafka"), all.indexOf("--kafka") + 2).clear();
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return CommandLine.populateCommand(new CheckCommand(), all.toArray(String[]::new)).look(nowhere, nowhere);
    }
}
