package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import io.orderflow.local.Bus.Position;
import io.orderflow.local.Shop.Outcome;
import io.orderflow.local.Shop.Visit;
import io.orderflow.routes.event.Topics;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
/**
 * What must be true of the whole system once nothing is on its way, by the customers' memory, the three services' databases, the payment
 * provider's ledger and the topics. It shares no code with the system: it reads tables and bytes, and makes event ids by the published rule.
 */
class Checker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID EVENT_IDS = UUID.fromString("6f726465-7266-5c6f-a077-000000000001");
    /** Order, reservation and payment can only end together like this. */
    private static final Set<String> ENDINGS = Set.of("PAID HELD CAPTURED", "PAYMENT_FAILED RELEASED DECLINED", "REJECTED REFUSED none");

    private final Rig rig;
    /** Read once, when first asked for: a checker looks at one moment. */
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    Checker(Rig rig) {
        this.rig = rig;
    }

    private record Order(UUID id, String customer, String status, String reason, long total, String method, TreeMap<String, Long> quantities) {
    }

    private record Row(UUID order, String state, long amount, String currency, String reason) {
    }

    /** All of it: every rule is looked at, whatever the others say. */
    void clean() {
        assertAll(
            this::everyAcceptedOrderIsStoredAsItWasPlaced, this::everyStoredOrderWasPlaced, this::everyOrderHasEnded, this::noPaymentIsPending,
            this::theStockLedgerAddsUp, this::whatIsReservedIsWhatOrdersHold, this::whatOrdersHoldIsWhatTheyAskedFor,
            this::paidMeansChargedExactlyOnce, this::paymentsAgreeWithTheProvidersLedger, this::theServicesAgreeOnHowAnOrderEnded,
            this::outboxesAreEmpty, this::everyOrderHasOneAnswerOfTheStock, this::theTopicsTellWhatTheDatabasesKnow, this::repeatedRecordsAreIdentical,
            this::everyRecordIsAsPublished, this::versionsRiseOnEveryTopic, this::nothingLags, this::nothingIsParked);
    }

    void everyAcceptedOrderIsStoredAsItWasPlaced() {
        Map<UUID, Order> orders = byId(orders());
        assertThat(rig.shop.accepted().stream().filter(visit -> !isStoredAsPlaced(visit, orders.get(visit.orderId()))).map(Visit::orderId))
            .as("orders that were answered 202 and are not there, or not with the same lines, method and total").isEmpty();
    }

    private static boolean isStoredAsPlaced(Visit visit, Order stored) {
        return stored != null && stored.customer.equals(visit.customer()) && stored.method.equals(visit.wish().method()) && stored.quantities.equals(visit.wish().quantities())
            && stored.total == visit.answer().path("total").asLong();
    }

    /** What the customer was told decides: no order of a refused request, none that nobody asked for, never two of one request. */
    void everyStoredOrderWasPlaced() {
        Map<String, Visit> visits = rig.shop.visits().stream().collect(toMap(Visit::customer, Function.identity()));
        Set<String> seen = new HashSet<>();
        assertThat(orders().stream().filter(order -> order.customer.startsWith("customer-"))
            .filter(order -> !seen.add(order.customer) || !mayHavePlaced(visits.get(order.customer), order)).map(Order::id))
            .as("orders that nobody placed, or whose customer was told otherwise").isEmpty();
    }

    private static boolean mayHavePlaced(Visit visit, Order order) {
        return visit != null && (visit.outcome() == Outcome.UNKNOWN || visit.outcome() == Outcome.ACCEPTED && visit.orderId().equals(order.id));
    }

    void everyOrderHasEnded() {
        assertThat(rig.sql("orders").queryForList("select id || ' ' || status from orders where status not in ('PAID', 'REJECTED', 'PAYMENT_FAILED')", String.class))
            .as("orders that have not ended").isEmpty();
    }

    void noPaymentIsPending() {
        assertThat(rig.sql("payments").queryForList("select order_id from payment where state = 'PENDING'", UUID.class)).as("payments that are not decided").isEmpty();
    }

    void theStockLedgerAddsUp() {
        assertThat(rig.sql("inventory").queryForList("""
            select stock.sku || ': ledger ' || coalesce(sum(delta), 0) || ', available ' || available || ', reserved ' || reserved
            from stock left join stock_ledger using (sku) group by stock.sku
            having coalesce(sum(delta), 0) <> available + reserved or available < 0""", String.class))
            .as("SKUs whose ledger is not available + reserved, or that are oversold").isEmpty();
    }

    void whatIsReservedIsWhatOrdersHold() {
        assertThat(rig.sql("inventory").queryForList("""
            select sku || ': reserved ' || coalesce(reserved, 0) || ', held ' || coalesce(held, 0)
            from (select sku, reserved from stock where reserved <> 0) as stock
            full join (select line ->> 'sku' as sku, sum((line ->> 'quantity')::bigint) as held
                from reservation, jsonb_array_elements(lines) as line where state = 'HELD' group by 1) as held using (sku)
            where coalesce(reserved, 0) <> coalesce(held, 0)""", String.class))
            .as("SKUs of which more or less is reserved than orders hold").isEmpty();
    }

    void whatOrdersHoldIsWhatTheyAskedFor() {
        Map<UUID, Order> orders = byId(orders());
        List<UUID> offenders = new ArrayList<>();
        rig.sql("inventory").query("select order_id, lines::text from reservation where state in ('HELD', 'RELEASED')", row -> {
            Order order = orders.get(row.getObject(1, UUID.class));
            if (order == null || !order.quantities.equals(quantities(row.getString(2)))) {
                offenders.add(row.getObject(1, UUID.class));
            }
        });
        assertThat(offenders).as("orders for which other lines are reserved than they have").isEmpty();
    }

    void paidMeansChargedExactlyOnce() {
        Map<UUID, Row> charges = new HashMap<>();
        charges().stream().filter(charge -> charge.state.equals("CAPTURED")).forEach(charge -> charges.put(charge.order, charge));
        List<String> offenders = new ArrayList<>();
        for (Order order : orders()) {
            Row charge = charges.remove(order.id);
            boolean right = order.status.equals("PAID") ? charge != null && charge.amount == order.total && charge.currency.equals("EUR") : charge == null;
            if (!right) {
                offenders.add(order.id + " " + order.status + " " + order.total + ": " + charge);
            }
        }
        charges.values().forEach(ghost -> offenders.add("no order: " + ghost));
        assertThat(offenders).as("orders that are paid and not charged exactly their total, or charged and not paid").isEmpty();
    }

    void paymentsAgreeWithTheProvidersLedger() {
        Set<Row> payments = new HashSet<>(rows("payments", "select order_id, state, amount, currency, reason from payment"));
        Set<Row> charges = new HashSet<>(charges());
        assertThat(symmetricDifference(payments, charges)).as("payments in our books or the provider's alone").isEmpty();
    }

    void theServicesAgreeOnHowAnOrderEnded() {
        Map<UUID, String> reservations = states("inventory", "select order_id, state from reservation");
        Map<UUID, String> payments = states("payments", "select order_id, state from payment");
        assertThat(orders().stream().map(order -> order.id + ": " + order.status + " " + reservations.get(order.id) + " " + payments.getOrDefault(order.id, "none"))
            .filter(ending -> !ENDINGS.contains(ending.substring(ending.indexOf(' ') + 1)))).as("orders whose order, reservation and payment do not go together").isEmpty();
    }

    void outboxesAreEmpty() {
        for (String database : List.of("orders", "payments")) {
            assertThat(rig.sql(database).queryForList("select event ->> 'orderId' from outbox", String.class))
                .as("orders with an event left in the outbox of %s", database).isEmpty();
        }
    }

    void everyOrderHasOneAnswerOfTheStock() {
        Map<UUID, Set<String>> answers = new HashMap<>();
        Stream.of(Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED).flatMap(topic -> records(topic).stream())
            .forEach(record -> answers.computeIfAbsent(key(record), order -> new TreeSet<>()).add(record.topic() + " " + id(record)));
        assertThat(orders().stream().map(Order::id).filter(order -> answers.getOrDefault(order, Set.of()).size() != 1).map(order -> order + " " + answers.get(order)))
            .as("orders without exactly one answer of the stock").isEmpty();
    }

    void theTopicsTellWhatTheDatabasesKnow() {
        Map<String, Set<UUID>> expected = new HashMap<>();
        Bus.EVENTS.forEach(topic -> expected.put(topic, new HashSet<>()));
        orders().forEach(order -> {
            expected.get(Topics.ORDER_CREATED).add(eventId(order.id, "OrderCreated", ""));
            if (order.status.equals("PAID")) {
                expected.get(Topics.ORDER_PAYMENT_UPDATED).add(eventId(order.id, "OrderPaymentUpdated", "PAID"));
            } else if (order.status.equals("PAYMENT_FAILED")) {
                expected.get(Topics.ORDER_PAYMENT_UPDATED).add(eventId(order.id, "OrderPaymentUpdated", "DECLINED"));
                expected.get(Topics.ORDER_CANCELLED).add(eventId(order.id, "OrderCancelled", ""));
            }
        });
        states("inventory", "select order_id, state from reservation").forEach((order, state) -> {
            if (state.equals("HELD") || state.equals("RELEASED")) {
                expected.get(Topics.INVENTORY_RESERVED).add(eventId(order, "InventoryReserved", ""));
            } else {
                expected.get(Topics.INVENTORY_FAILED).add(eventId(order, "InventoryFailed", ""));
            }
        });
        states("payments", "select order_id, state from payment where state in ('CAPTURED', 'DECLINED')")
            .forEach((order, state) -> expected.get(Topics.PAYMENT_GENERATED).add(eventId(order, "PaymentGenerated", "")));
        Map<String, List<String>> offenders = new TreeMap<>();
        expected.forEach((topic, ids) -> {
            Map<UUID, UUID> found = new HashMap<>();
            records(topic).forEach(record -> found.put(id(record), key(record)));
            List<String> wrong = new ArrayList<>();
            ids.stream().filter(id -> !found.containsKey(id)).forEach(id -> wrong.add("lost event " + id));
            found.forEach((id, order) -> {
                if (!ids.contains(id)) {
                    wrong.add("ghost event " + id + " of order " + order);
                }
            });
            if (!wrong.isEmpty()) {
                offenders.put(topic, wrong);
            }
        });
        assertThat(offenders).as("events that a topic lacks or has too many, by the business rows").isEmpty();
    }

    /** Key, value and headers, whoever put them there: a fact that is told again is told in the same words. */
    void repeatedRecordsAreIdentical() {
        List<String> offenders = new ArrayList<>();
        for (String topic : Bus.EVENTS) {
            Map<UUID, ConsumerRecord<byte[], byte[]>> first = new HashMap<>();
            records(topic).forEach(record -> {
                ConsumerRecord<byte[], byte[]> other = first.putIfAbsent(id(record), record);
                if (other != null && !areIdentical(other, record)) {
                    offenders.add(topic + " of order " + Bus.text(record.key()) + ": " + Bus.text(other.value()) + " then " + Bus.text(record.value()));
                }
            });
        }
        assertThat(offenders).as("events that were told a second time in other words").isEmpty();
    }

    private static boolean areIdentical(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
        return Arrays.equals(one.key(), other.key()) && Arrays.equals(one.value(), other.value())
            && Arrays.equals(one.headers().toArray(), other.headers().toArray()) && one.partition() == other.partition();
    }

    /** Value and headers, by the published schemas: the only thing that another program has to go by. */
    void everyRecordIsAsPublished() {
        List<String> offenders = new ArrayList<>();
        Schema headers = Schemas.of("headers");
        for (String topic : Bus.EVENTS) {
            Schema schema = Schemas.of(topic);
            records(topic).forEach(record -> {
                JsonNode value = json(Bus.text(record.value()));
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

    /** By an order's first appearance of each version: what is told again is no news. */
    void versionsRiseOnEveryTopic() {
        List<String> offenders = new ArrayList<>();
        for (String topic : Bus.EVENTS) {
            Map<UUID, Long> latest = new HashMap<>();
            Set<UUID> seen = new HashSet<>();
            records(topic).stream().filter(record -> seen.add(id(record))).forEach(record -> {
                long version = json(Bus.text(record.value())).path("version").asLong();
                Long before = latest.put(key(record), version);
                if (version < 1 || before != null && before >= version) {
                    offenders.add(topic + " " + key(record) + ": version " + version + " after " + before);
                }
            });
        }
        assertThat(offenders).as("events of an order out of their order").isEmpty();
    }

    /** Nobody is behind, nobody is ahead, and no record has come while we looked. */
    void nothingLags() {
        List<Position> positions = rig.bus().positions(Bus.LISTENS.keySet());
        assertThat(positions.stream().filter(position -> !position.isAtTheEnd())).as("groups that are not at the end").isEmpty();
        Map<TopicPartition, Long> ends = positions.stream().collect(toMap(Position::partition, Position::end));
        Map<TopicPartition, Long> now = rig.bus().ends(ends.keySet().stream().map(TopicPartition::topic).collect(toSet()));
        assertThat(now).as("ends of the topics, a moment later").isEqualTo(ends);
    }

    void nothingIsParked() {
        List<String> parked = Bus.LISTENS.keySet().stream().flatMap(group -> records(Topics.parked(group)).stream())
            .map(record -> record.topic() + ": " + Bus.text(record.key()) + " because of " + Bus.header(record, "parked-message")).toList();
        assertThat(parked).as("parked records").isEmpty();
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

    /** UUIDv5 of order, type and occasion. */
    static UUID eventId(UUID order, String type, String occasion) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(ByteBuffer.allocate(16).putLong(EVENT_IDS.getMostSignificantBits()).putLong(EVENT_IDS.getLeastSignificantBits()).array());
            ByteBuffer hash = ByteBuffer.wrap(sha.digest((order + "/" + type + "/" + occasion).getBytes(UTF_8)));
            return new UUID(hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L, hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return topics.computeIfAbsent(topic, rig.bus()::all);
    }

    private List<Order> orders() {
        return rig.sql("orders").query("select id, customer, status, reason, total, payment_method, lines::text from orders", (row, n) -> new Order(row.getObject(1, UUID.class),
            row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row.getString(6), quantities(row.getString(7))));
    }

    private static Map<UUID, Order> byId(Collection<Order> orders) {
        return orders.stream().collect(toMap(Order::id, Function.identity()));
    }

    private List<Row> charges() {
        return rows("gateway", "select key, outcome, amount, currency, reason from charge");
    }

    private List<Row> rows(String database, String query) {
        return rig.sql(database).query(query, (row, n) -> new Row(row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)));
    }

    private Map<UUID, String> states(String database, String query) {
        Map<UUID, String> states = new HashMap<>();
        rig.sql(database).query(query, row -> {
            states.put(row.getObject(1, UUID.class), row.getString(2));
        });
        return states;
    }

    private static TreeMap<String, Long> quantities(String lines) {
        TreeMap<String, Long> quantities = new TreeMap<>();
        json(lines).forEach(line -> quantities.merge(line.path("sku").asText(), line.path("quantity").asLong(), Long::sum));
        return quantities;
    }

    private static <T> Set<T> symmetricDifference(Set<T> one, Set<T> other) {
        Set<T> difference = new HashSet<>(one);
        other.stream().filter(element -> !difference.add(element)).forEach(difference::remove);
        return difference;
    }

    private static UUID key(ConsumerRecord<byte[], byte[]> record) {
        return UUID.fromString(Bus.text(record.key()));
    }

    private static UUID id(ConsumerRecord<byte[], byte[]> record) {
        return UUID.fromString(json(Bus.text(record.value())).path("eventId").asText());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
