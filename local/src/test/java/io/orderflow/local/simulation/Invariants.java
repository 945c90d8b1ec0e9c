package io.orderflow.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must be true when all is calm, by the customers' memory, the tables, the provider's ledger and the topics. */
class Invariants {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EVENTS = List.of(Topics.ORDER_CREATED, Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED, Topics.PAYMENT_GENERATED,
        Topics.ORDER_PAYMENT_UPDATED, Topics.ORDER_CANCELLED);
    private static final Set<String> ENDINGS = Set.of("PAID HELD CAPTURED", "PAYMENT_FAILED RELEASED DECLINED", "REJECTED REFUSED none");
    /** An order that somebody called off from outside holds nothing, or never got anything. */
    private static final Set<String> ENDINGS_WHEN_CALLED_OFF = Set.of("PENDING CANCELLED none", "PAID RELEASED CAPTURED", "PAYMENT_FAILED RELEASED DECLINED", "REJECTED REFUSED none");

    private final Log log;
    private final Map<Integer, Wish> wishes;
    private final Set<Integer> calledOff;
    private final List<Order> orders;
    private final Map<UUID, Reservation> reservations;
    private final Map<UUID, Payment> payments;
    private final Map<UUID, Payment> charges;
    private final Map<String, Item> stock;
    private final List<String> outboxes;
    private final List<String> broken = new ArrayList<>();

    private record Order(UUID id, int number, String status, long total, String method, TreeMap<String, Long> lines) {
    }

    private record Reservation(UUID order, String state, TreeMap<String, Long> lines) {
    }

    private record Payment(UUID order, String state, long amount, String reason) {
    }

    private record Item(String sku, long available, long reserved, long ledger) {
    }

    Invariants(World world, Log log, List<Wish> wishes, Set<Integer> calledOff) {
        this.log = log;
        this.wishes = wishes.stream().collect(toMap(wish -> wish.number, Function.identity()));
        this.calledOff = calledOff;
        orders = world.sql("orders").query("select id, customer, status, total, payment_method, lines::text from orders order by id", (row, n) -> new Order(row.getObject(1, UUID.class),
            Wish.number(row.getString(2)), row.getString(3), row.getLong(4), row.getString(5), lines(row.getString(6))));
        reservations = world.sql("inventory").query("select order_id, state, lines::text from reservation", (row, n) -> new Reservation(row.getObject(1, UUID.class), row.getString(2),
            lines(row.getString(3)))).stream().collect(toMap(Reservation::order, Function.identity()));
        payments = payments(world, "payments", "select order_id, state, amount, reason from payment");
        charges = payments(world, "gateway", "select key, outcome, amount, reason from charge");
        stock = world.sql("inventory").query("select sku, available, reserved, (select coalesce(sum(delta), 0) from stock_ledger where sku = stock.sku) from stock", (row, n) -> new Item(
            row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4))).stream().collect(toMap(Item::sku, Function.identity()));
        outboxes = List.of("orders", "payments").stream().flatMap(database -> world.sql(database).queryForList("select event ->> 'type' from outbox", String.class).stream()).toList();
    }

    private static Map<UUID, Payment> payments(World world, String database, String query) {
        return world.sql(database).query(query, (row, n) -> new Payment(row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getString(4))).stream()
            .collect(toMap(Payment::order, Function.identity()));
    }

    /** Every rule that does not hold, and for which orders. */
    List<String> broken() {
        everyAcceptedOrderIsThereAndEveryOrderWasPlacedOnce();
        everyOrderHasEnded();
        theStockAddsUp();
        paidMeansChargedExactlyOnce();
        theTopicsTellWhatTheTablesKnow();
        theServicesAgree();
        nothingIsLeftOver();
        return broken;
    }

    /** How each order ended: the same whenever the seed is played. */
    String endings() {
        return orders.stream().sorted((one, other) -> one.number - other.number).map(order -> "#" + order.number + " " + ending(order)).collect(Collectors.joining(", "));
    }

    private void everyAcceptedOrderIsThereAndEveryOrderWasPlacedOnce() {
        Map<Integer, Order> byNumber = new HashMap<>();
        for (Order order : orders) {
            check(byNumber.put(order.number, order) == null, "I1: two orders of one wish", order);
            Wish wish = wishes.get(order.number);
            check(!wish.impossible && order.lines.equals(wish.lines) && order.method.equals(wish.method) && (wish.order == null || wish.order.equals(order.id) && wish.total == order.total),
                "I1: an order is not as its customer was told", order);
        }
        wishes.values().forEach(wish -> {
            check(wish.order == null || byNumber.containsKey(wish.number), "I1: an order that was answered 202 is not there", wish);
            check(wish.key == null || wish.isAnswered(), "I1: a customer who asked until there is an answer has none", wish);
        });
    }

    private void everyOrderHasEnded() {
        orders.forEach(order -> check(!order.status.equals("PENDING") || calledOff.contains(order.number) && ending(order).equals("PENDING CANCELLED none"), "I2: an order has not ended", order));
        payments.values().forEach(payment -> check(!payment.state.equals("PENDING"), "I2: a payment is not decided", payment));
    }

    private void theStockAddsUp() {
        Map<String, Long> held = new HashMap<>();
        reservations.values().stream().filter(reservation -> reservation.state.equals("HELD")).forEach(reservation -> reservation.lines.forEach((sku, quantity) -> held.merge(sku, quantity, Long::sum)));
        stock.values().forEach(item -> check(item.available >= 0 && item.available + item.reserved == item.ledger && item.reserved == held.getOrDefault(item.sku, 0L),
            "I3: the stock does not add up, orders hold " + held.getOrDefault(item.sku, 0L), item));
        orders.forEach(order -> {
            Reservation reservation = reservations.get(order.id);
            boolean isHeld = reservation != null && Set.of("HELD", "RELEASED").contains(reservation.state);
            check(!isHeld || reservation.lines.equals(order.lines), "I3: an order holds other lines than it has", order);
        });
    }

    private void paidMeansChargedExactlyOnce() {
        Map<UUID, Payment> left = new HashMap<>(charges);
        for (Order order : orders) {
            Payment charge = left.remove(order.id);
            boolean captured = charge != null && charge.state.equals("CAPTURED");
            check(order.status.equals("PAID") == captured && (!captured || charge.amount == order.total), "I4: paid and not charged exactly, or charged and not paid: " + charge, order);
        }
        check(left.isEmpty(), "I4: charges of no order", left.values());
        check(charges.equals(payments), "I4: our books and the provider's differ: " + payments, charges);
    }

    private void theTopicsTellWhatTheTablesKnow() {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        EVENTS.forEach(topic -> expected.put(topic, new TreeSet<>()));
        for (Order order : orders) {
            expected.get(Topics.ORDER_CREATED).add("#" + order.number);
            if (order.status.equals("PAID")) {
                expected.get(Topics.ORDER_PAYMENT_UPDATED).add("#" + order.number + " PAID");
            }
            if (order.status.equals("PAYMENT_FAILED")) {
                expected.get(Topics.ORDER_PAYMENT_UPDATED).add("#" + order.number + " DECLINED");
                expected.get(Topics.ORDER_CANCELLED).add("#" + order.number);
            }
            Reservation reservation = reservations.get(order.id);
            if (reservation != null) {
                expected.get(Set.of("HELD", "RELEASED").contains(reservation.state) ? Topics.INVENTORY_RESERVED : Topics.INVENTORY_FAILED).add("#" + order.number);
            }
            if (payments.containsKey(order.id)) {
                expected.get(Topics.PAYMENT_GENERATED).add("#" + order.number + " " + payments.get(order.id).state);
            }
        }
        expected.forEach((topic, facts) -> check(facts.equals(facts(topic)), "I5: by the tables " + topic + " should tell " + facts, facts(topic)));
    }

    /** What a topic tells, each fact once; told again it must be in the same words, and of an order the later comes later. */
    private Set<String> facts(String topic) {
        Map<UUID, Log.Record> first = new LinkedHashMap<>();
        Map<Integer, Long> versions = new HashMap<>();
        Set<String> facts = new TreeSet<>();
        for (Log.Record record : log.all(topic)) {
            if (record.madeUp()) {
                continue;
            }
            JsonNode event = json(record.value());
            Log.Record before = first.putIfAbsent(UUID.fromString(event.path("eventId").asText()), record);
            if (before != null) {
                check(Arrays.equals(before.value(), record.value()) && before.headers().equals(record.headers()), "I5: told again in other words on " + topic, event);
                continue;
            }
            Long version = versions.put(record.order(), event.path("version").asLong());
            check(version == null || version < event.path("version").asLong(), "I7: out of order on " + topic, event);
            String occasion = event.path("paymentStatus").asText(event.path("outcome").asText());
            check(facts.add(("#" + record.order() + " " + occasion).strip()), "I5: one fact under two ids on " + topic, event);
        }
        return facts;
    }

    private void theServicesAgree() {
        orders.forEach(order -> check((calledOff.contains(order.number) ? ENDINGS_WHEN_CALLED_OFF : ENDINGS).contains(ending(order)), "I8: " + ending(order), order));
        Set<UUID> known = orders.stream().map(Order::id).collect(Collectors.toSet());
        check(known.containsAll(reservations.keySet()), "I8: reservations of no order", reservations.keySet());
        Map<Integer, Set<String>> answers = new HashMap<>();
        for (String topic : List.of(Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED)) {
            log.all(topic).forEach(record -> answers.computeIfAbsent(record.order(), none -> new HashSet<>()).add(json(record.value()).path("eventId").asText()));
        }
        orders.forEach(order -> check(answers.getOrDefault(order.number, Set.of()).size() == 1, "I9: not exactly one answer of the stock", order));
    }

    private void nothingIsLeftOver() {
        check(outboxes.isEmpty(), "I5: left in an outbox", outboxes);
        for (String group : List.of("reserve-inventory", "release-inventory", "take-payment", "update-order-payment", "reject-order")) {
            List<Integer> parked = log.all(Topics.parked(group)).stream().map(Log.Record::order).distinct().toList();
            check(parked.isEmpty(), "I10: parked by " + group + " because of " + log.all(Topics.parked(group)).stream().map(record -> record.headers().get("parked-message")).findFirst().orElse(null), parked);
            check(!log.lags(group), "I11: has not read all", group);
        }
    }

    private String ending(Order order) {
        Reservation reservation = reservations.get(order.id);
        Payment payment = payments.get(order.id);
        return order.status + " " + (reservation == null ? "none" : reservation.state) + " " + (payment == null ? "none" : payment.state);
    }

    private void check(boolean holds, String rule, Object offender) {
        if (!holds) {
            broken.add(rule + ": " + offender);
        }
    }

    private static TreeMap<String, Long> lines(String text) {
        TreeMap<String, Long> lines = new TreeMap<>();
        json(text.getBytes(UTF_8)).forEach(line -> lines.merge(line.path("sku").asText(), line.path("quantity").asLong(), Long::sum));
        return lines;
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
