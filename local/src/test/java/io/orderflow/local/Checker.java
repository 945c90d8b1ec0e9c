package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import io.orderflow.local.Shop.Visit;
import io.orderflow.local.check.Check;
import io.orderflow.local.check.ClientLog;
import io.orderflow.local.check.ClientLog.Outcome;
import io.orderflow.local.check.Deployment;
import io.orderflow.local.check.Facts;
import io.orderflow.local.check.Invariant;
import io.orderflow.local.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What {@code ./run check} finds out about a system under test, with the memory of the customers at its door; and what else only a test can ask. */
class Checker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rig rig;

    Checker(Rig rig) {
        this.rig = rig;
    }

    /** All of it: every rule is looked at, whatever the others say. */
    void clean() {
        Verdict verdict = verdict(Duration.ZERO);
        assertThat(verdict.violated()).as(verdict.text()).isEmpty();
        everyRecordIsAsPublished();
    }

    Verdict verdict(Duration patience) {
        try (ClientLog log = log()) {
            return verdict(log, patience);
        }
    }

    Verdict verdict(ClientLog log, Duration patience) {
        return new Check(deployment(), log).run(patience);
    }

    /** What is on its way still. */
    List<String> moving() {
        return new Check(deployment(), null).moving();
    }

    private Deployment deployment() {
        return new Deployment(rig.broker.brokers(), rig.databases());
    }

    /** What the customers remember, as a file. */
    ClientLog log(Shop... others) {
        try {
            ClientLog log = new ClientLog(Files.createTempFile(rig.folder, "clients", ".ndjson"));
            Stream.concat(Stream.of(rig.shop), Stream.of(others)).flatMap(shop -> shop.visits().stream()).forEach(visit -> log.placed(visit.customer(), null, ClientLog.body(visit.customer(), "EUR", visit.wish().method(), visit.wish().quantities()),
                outcome(visit), visit.status(), visit.outcome() == Shop.Outcome.ACCEPTED ? visit.orderId() : null, visit.answer().path("total").asLong(),
                visit.sent() / 1_000_000, ClientLog.now()));
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(Visit visit) {
        return switch (visit.outcome()) {
            case ACCEPTED -> Outcome.OK;
            case REFUSED, NEVER_SENT -> Outcome.FAIL;
            case UNKNOWN -> Outcome.INFO;
        };
    }

    /** Of an inventory that may have no other service beside it. */
    void theStockAddsUp() {
        assertThat(Check.stock(rig.database("inventory")).examples()).as(Invariant.I3.promise).isEmpty();
    }

    /** Value and headers, by the published schemas: the only thing that another program has to go by. */
    void everyRecordIsAsPublished() {
        List<String> offenders = new ArrayList<>();
        Schema headers = Schemas.of("headers");
        for (String topic : Bus.EVENTS) {
            Schema schema = Schemas.of(topic);
            rig.bus().all(topic).forEach(record -> {
                JsonNode value = json(record);
                List<String> faults = new ArrayList<>();
                schema.validate(value).forEach(fault -> faults.add(fault.toString()));
                headers.validate(JSON.valueToTree(headers(record))).forEach(fault -> faults.add(fault.toString()));
                if (!headers(record).entrySet().containsAll(headersOf(value, schema.getSchemaNode().path("title").asText()).entrySet())) {
                    faults.add("headers " + headers(record));
                }
                if (!Bus.text(record.key()).equals(value.path("orderId").asText())) {
                    faults.add("key " + Bus.text(record.key()));
                }
                if (!faults.isEmpty()) {
                    offenders.add(topic + " " + Bus.text(record.value()) + ": " + faults);
                }
            });
        }
        assertThat(offenders).as("records that are not as their schema says").isEmpty();
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), Bus.text(header.value())));
        return headers;
    }

    private static Map<String, String> headersOf(JsonNode event, String type) {
        return Map.of("ce_specversion", "1.0", "ce_source", "/orderflow", "content-type", "application/json",
            "ce_type", type, "ce_id", event.path("eventId").asText(), "ce_time", event.path("occurredAt").asText());
    }

    /** A fingerprint of every row of every business table, and of the provider's ledger. */
    Map<String, String> fingerprints() {
        Map<String, String> prints = new TreeMap<>();
        Map.of("orders", List.of("product", "orders", "outbox"), "inventory", List.of("stock", "stock_ledger", "reservation"),
            "payments", List.of("payment", "outbox"), "gateway", List.of("charge", "attempt"))
            .forEach((database, tables) -> tables.forEach(table -> prints.put(database + "." + table, rig.sql(database)
                .queryForObject("select count(*) || ' rows ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) from " + table + " as t", String.class))));
        return prints;
    }

    /** By the published rule: a UUIDv5 of order, type and occasion. */
    static UUID eventId(UUID order, String type, String occasion) {
        return Facts.eventId(order, type, occasion);
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
