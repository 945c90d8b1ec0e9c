package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I10;
import static io.orderflow.local.check.Invariant.I5;
import static io.orderflow.local.check.Invariant.I6;
import static io.orderflow.local.check.Invariant.I7;
import static io.orderflow.local.check.Invariant.I9;
import static io.orderflow.local.check.Wire.COLLECTOR;
import static io.orderflow.local.check.Wire.INVENTORY_FAILED;
import static io.orderflow.local.check.Wire.INVENTORY_RESERVED;
import static io.orderflow.local.check.Wire.LISTENS;
import static io.orderflow.local.check.Wire.ORDER_CREATED;
import static io.orderflow.local.check.Wire.ORDER_PAYMENT_UPDATED;
import static io.orderflow.local.check.Wire.PAYMENT_GENERATED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.local.check.Rows.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Compares what the topics tell with what the rows say: no event lost, none made up, none told in two ways, none left without an answer. One
 * topic at a time is in memory, with some 200 bytes for each order on it.
 */
public class Facts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID EVENT_IDS = UUID.fromString("6f726465-7266-5c6f-a077-000000000001");
    /** Longer than a topic takes to forget what it may forget. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Deployment where;
    private final Wire wire;
    private final Findings findings;
    /** By where it is: what the client log calls poison, in words. */
    private final Map<String, String> poison = new HashMap<>();
    /** By group: what it has parked, by where that came from. */
    private final Map<String, Map<String, Parked>> parked = new HashMap<>();
    /** By place and time on a parked topic: what the desk keeps. */
    private final Map<String, Kept> desk = new HashMap<>();
    /** By id: the events that were set aside and are no poison; no row is blamed for them, nor is anybody who waits for them. */
    private final Set<UUID> aside = new HashSet<>();
    private final Map<String, String> listener = LISTENS.entrySet().stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey));
    /** Before when, in milliseconds since 1970, a topic may have forgotten what it was told. */
    private final Map<String, Long> oldest = new HashMap<>();
    /** By group: where the partitions that it hears begin, by topic and number. */
    private final Map<String, Map<String, Long>> begins = new HashMap<>();
    private long records;

    Facts(Deployment where, Wire wire, Findings findings) {
        this.where = where;
        this.wire = wire;
        this.findings = findings;
    }

    /** A record that was set aside; {@code found} once the record was seen that it is said to be. */
    private static class Parked {
        private final String bytes;
        private final String words;
        private boolean found;
        /** Whether an operator has yet to say what becomes of it. */
        private boolean undecided;

        Parked(String bytes, String words) {
            this.bytes = bytes;
            this.words = words;
        }
    }

    /** What the desk keeps of a record. */
    private record Kept(String topic, String bytes, boolean isDecided, long parkedAt) {
    }

    /** What the rows expect on a topic: a query of order, amount (or null) and occasion, and the type of the event. */
    private record Expected(String database, String query, String type) {
    }

    private static Expected expected(String topic) {
        return switch (topic) {
            case ORDER_CREATED -> new Expected("orders", "select id, total, '' from orders", "OrderCreated");
            case INVENTORY_RESERVED -> new Expected("inventory", "select order_id, null, '' from reservation where state in ('HELD', 'RELEASED')", "InventoryReserved");
            case INVENTORY_FAILED -> new Expected("inventory", "select order_id, null, '' from reservation where state in ('REFUSED', 'CANCELLED')", "InventoryFailed");
            case PAYMENT_GENERATED -> new Expected("payments", "select order_id, amount, '' from payment where state in ('CAPTURED', 'DECLINED')", "PaymentGenerated");
            case ORDER_PAYMENT_UPDATED -> new Expected("orders", """
                select id, total, case status when 'PAID' then 'PAID' else 'DECLINED' end from orders where status in ('PAID', 'PAYMENT_FAILED')""", "OrderPaymentUpdated");
            default -> new Expected("orders", "select id, null, '' from orders where status = 'PAYMENT_FAILED'", "OrderCancelled");
        };
    }

    private record Answered(String database, String query) {
    }

    /** The orders for which a group has done what an event on its topic asks of it. */
    private static Answered answered(String group) {
        return switch (group) {
            case "reserve-inventory" -> new Answered("inventory", "select order_id from reservation");
            case "take-payment" -> new Answered("payments", "select order_id from payment where state <> 'PENDING'");
            case "release-inventory" -> new Answered("inventory", "select order_id from reservation where state <> 'HELD'");
            default -> new Answered("orders", "select id from orders where status <> 'PENDING'");
        };
    }

    /** Answers how many records there were. */
    long compare(ClientLog log) {
        Rows.list(where.database("orders"), "select (event ->> 'orderId') || ': ' || (event ->> 'type') || ' is left in the outbox of orders' from outbox order by id")
            .forEach(left -> findings.add(I5, left));
        Rows.list(where.database("payments"), "select (event ->> 'orderId') || ': ' || (event ->> 'type') || ' is left in the outbox of payments' from outbox order by id")
            .forEach(left -> findings.add(I5, left));
        readPoison(log);
        readDesk();
        LISTENS.keySet().forEach(this::readParked);
        readParked(COLLECTOR);
        compareDesk();
        Set<UUID> reserved = new HashSet<>();
        Set<UUID> answers = new HashSet<>();
        for (String topic : Wire.EVENTS) {
            Map<UUID, Told> told = read(topic);
            compareWithRows(topic, told);
            switch (topic) {
                case INVENTORY_RESERVED -> {
                    onlyOnce(topic, told);
                    reserved.addAll(told.keySet());
                    answers.addAll(reserved);
                }
                case INVENTORY_FAILED -> {
                    onlyOnce(topic, told);
                    told.keySet().stream().filter(reserved::contains).forEach(order -> findings.add(I9, order + ": reserved and refused"));
                    answers.addAll(told.keySet());
                    Rows.each(where.database("orders"), "select id from orders", order -> {
                        if (!answers.contains(order.id()) && !isAside(order.id(), "InventoryReserved", "InventoryFailed") && !isForgotten(topic, order.id())) {
                            findings.add(I9, order.id() + ": stock has not answered");
                        }
                    });
                }
                case PAYMENT_GENERATED -> {
                    onlyOnce(topic, told);
                    told.keySet().stream().filter(order -> !reserved.contains(order) && !isAside(order, "InventoryReserved") && !isForgotten(topic, order))
                        .forEach(order -> findings.add(I9, order + ": a payment, and nothing is reserved"));
                }
                default -> {
                    // The others are looked at by the rows alone.
                }
            }
        }
        LISTENS.keySet().forEach(this::readReplay);
        compareParked();
        return records;
    }

    private void readPoison(ClientLog log) {
        if (log != null) {
            log.forEach(line -> {
                if (line.what().equals("poison")) {
                    poison.put(line.topic() + "/" + line.partition() + "/" + line.offset(), line.body());
                }
            });
        }
    }

    private void readDesk() {
        Rows.each(where.database("orders"), """
            select id, topic, place, record, cast(extract(epoch from parked_at) * 1000 as bigint),
                coalesce(encode(sha256(key), 'hex'), 'null') || ' ' || coalesce(encode(sha256(payload), 'hex'), 'null'), state
            from parked""",
            row -> desk.put(row.text(0) + "/" + row.text(1) + "/" + row.text(2) + " of " + row.text(3),
                new Kept(row.text(0), row.text(4), !row.text(5).equals("PARKED"), row.number(3))));
    }

    private void readParked(String group) {
        Map<String, Parked> setAside = new HashMap<>();
        records += wire.read(Wire.parked(group), record -> {
            String from = header(record, "parked-topic") + "/" + header(record, "parked-partition") + "/" + header(record, "parked-offset");
            Parked one = new Parked(bytes(record), group + " parked " + text(record.key()) + " from " + from + " because of " + header(record, "parked-message"));
            Parked first = setAside.computeIfAbsent(from, none -> one);
            if (!first.bytes.equals(one.bytes)) {
                findings.add(I10, one.words + ", and again with other bytes");
            }
            if (group.equals(COLLECTOR)) {
                // Nobody brings that to the desk.
                first.undecided = true;
                return;
            }
            Kept kept = desk.remove(place(record) + " of " + record.timestamp());
            if (kept == null) {
                findings.add(I10, one.words + ", and the desk does not keep it");
            } else if (!kept.bytes.equals(one.bytes)) {
                findings.add(I10, one.words + ", and the desk keeps other bytes");
            }
            first.undecided |= kept == null || !kept.isDecided;
        });
        parked.put(group, setAside);
    }

    /** What the desk keeps longer than its topic does, it cannot have made up. */
    private void compareDesk() {
        desk.forEach((place, kept) -> {
            if (kept.parkedAt >= oldest(kept.topic)) {
                findings.add(I10, place + ": at the desk, and there is no such record");
            }
        });
    }

    /** Everything on a topic that is no poison, by order. */
    private Map<UUID, Told> read(String topic) {
        Map<UUID, Told> told = new HashMap<>();
        String group = listener.get(topic);
        records += wire.read(topic, record -> {
            if (isParked(group, record)) {
                return;
            }
            JsonNode event = event(record);
            if (event == null) {
                findings.add(group == null ? I5 : I6, place(record) + ": cannot be read" + (group == null ? "" : ", and " + group + " has not parked it"));
                return;
            }
            UUID order = UUID.fromString(event.path("orderId").asText());
            if (!order.toString().equals(text(record.key()))) {
                findings.add(I5, order + ": told under the key " + text(record.key()) + " at " + place(record));
            }
            hear(topic, told, order, event, record);
        });
        return told;
    }

    private void hear(String topic, Map<UUID, Told> told, UUID order, JsonNode event, ConsumerRecord<byte[], byte[]> record) {
        UUID id = UUID.fromString(event.path("eventId").asText());
        long version = event.path("version").asLong();
        Told first = told.get(order);
        Told same = first == null ? null : first.find(id);
        long words = words(record);
        if (same != null) {
            if (same.words != words) {
                findings.add(I5, order + ": told at " + same.where + ", and in other words at " + place(record));
            }
            return;
        }
        Told now = new Told(id, version, words, amount(event), place(record));
        Told before = first == null ? null : first.last();
        if (version < 1 || before != null && before.version >= version) {
            findings.add(I7, order + ": version " + version + " at " + now.where + (before == null ? "" : " after version " + before.version + " at " + before.where));
        }
        if (first == null) {
            told.put(order, now);
        } else {
            before.next = now;
        }
    }

    private void compareWithRows(String topic, Map<UUID, Told> told) {
        Expected expected = expected(topic);
        Rows.each(where.database(expected.database), expected.query, row -> expect(topic, expected.type, row, told));
        told.forEach((order, first) -> {
            if (!first.expected) {
                findings.add(I5, order + ": ghost event " + first.event + " at " + first.where + ", which no row explains");
            }
        });
        String group = listener.get(topic);
        if (group != null) {
            Rows.each(where.database(answered(group).database), answered(group).query, row -> {
                Told first = told.get(row.id());
                if (first != null) {
                    first.answered = true;
                }
            });
            told.forEach((order, first) -> {
                if (!first.answered) {
                    findings.add(I6, order + ": " + first.where + " is neither answered nor parked by " + group);
                }
            });
        }
    }

    private void expect(String topic, String type, Row row, Map<UUID, Told> told) {
        UUID id = eventId(row.id(), type, row.text(1));
        Told first = told.get(row.id());
        if (first == null) {
            if (!aside.contains(id) && !isForgotten(topic, row.id())) {
                findings.add(I5, row.id() + ": lost event " + id + " of " + topic);
            }
            return;
        }
        first.expected = true;
        for (Told event = first; event != null; event = event.next) {
            if (!event.event.equals(id)) {
                findings.add(I5, row.id() + ": ghost event " + event.event + " at " + event.where + ", where the row tells " + id);
            } else if (row.text(0) != null && event.amount != null && event.amount != row.number(0)) {
                findings.add(I5, row.id() + ": " + event.where + " tells an amount of " + event.amount + ", the row of " + row.text(0));
            }
        }
        if (first.find(id) == null && !aside.contains(id)) {
            findings.add(I5, row.id() + ": lost event " + id + " of " + topic);
        }
    }

    /** At most one of these events about an order, however often it is told. */
    private void onlyOnce(String topic, Map<UUID, Told> told) {
        told.forEach((order, first) -> {
            if (first.next != null) {
                findings.add(I9, order + ": two events on " + topic + ", at " + first.where + " and " + first.next.where);
            }
        });
    }

    /** What a group alone is to try again must come to an answer like everything else. */
    private void readReplay(String group) {
        Set<UUID> asked = new HashSet<>();
        records += wire.read(Wire.replay(group), record -> {
            if (!isParked(group, record)) {
                JsonNode event = event(record);
                if (event == null) {
                    findings.add(I6, place(record) + ": cannot be read, and " + group + " has not parked it");
                } else {
                    asked.add(UUID.fromString(event.path("orderId").asText()));
                }
            }
        });
        if (!asked.isEmpty()) {
            Rows.each(where.database(answered(group).database), answered(group).query, row -> asked.remove(row.id()));
            asked.forEach(order -> findings.add(I6, order + ": its record on " + Wire.replay(group) + " is neither answered nor parked"));
        }
    }

    /** Poison is parked; what else is parked, an operator has replayed or discarded. */
    private void compareParked() {
        Set<String> missing = new HashSet<>(poison.keySet());
        parked.forEach((group, ofGroup) -> ofGroup.forEach((from, one) -> {
            if (!missing.remove(from) && one.undecided) {
                findings.add(I10, one.words);
            } else if (!one.found && !isForgotten(group, from)) {
                findings.add(I10, one.words + ", where there is no such record");
            }
        }));
        missing.forEach(from -> findings.add(I10, from + ": poison that is not parked, " + poison.get(from)));
    }

    private boolean isParked(String group, ConsumerRecord<byte[], byte[]> record) {
        Parked one = group == null ? null : parked.get(group).get(place(record));
        if (one != null) {
            one.found = true;
            if (!one.bytes.equals(bytes(record))) {
                findings.add(I10, one.words + ", with other bytes than were there");
            }
            JsonNode event = poison.containsKey(place(record)) ? null : event(record);
            if (event != null) {
                aside.add(UUID.fromString(event.path("eventId").asText()));
            }
        }
        return one != null;
    }

    /** Whether one of these events about an order was set aside. */
    private boolean isAside(UUID order, String... types) {
        return Arrays.stream(types).anyMatch(type -> aside.contains(eventId(order, type, "")));
    }

    /** An order so old that a topic may have forgotten it; the time is in its id. */
    private boolean isForgotten(String topic, UUID order) {
        long oldest = oldest(topic);
        return order.version() == 7 && order.getMostSignificantBits() >>> 16 < oldest;
    }

    /** A place that a topic of the group has forgotten. */
    private boolean isForgotten(String group, String place) {
        int slash = place.lastIndexOf('/');
        Long begin = begins(group).get(place.substring(0, slash));
        String offset = place.substring(slash + 1);
        return begin != null && offset.matches("\\d{1,18}") && Long.parseLong(offset) < begin;
    }

    private Map<String, Long> begins(String group) {
        return begins.computeIfAbsent(group, unknown -> group.equals(COLLECTOR) ? Map.of() : wire.begins(List.of(LISTENS.get(group), Wire.replay(group))).entrySet().stream()
            .collect(Collectors.toMap(begin -> begin.getKey().topic() + "/" + begin.getKey().partition(), Entry::getValue)));
    }

    private long oldest(String topic) {
        return oldest.computeIfAbsent(topic, unknown -> {
            Duration kept = wire.retention(topic);
            return kept.toMillis() == Long.MAX_VALUE ? Long.MIN_VALUE : System.currentTimeMillis() - kept.toMillis() + MARGIN.toMillis();
        });
    }

    private static JsonNode event(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode event = record.value() == null ? null : JSON.readTree(record.value());
            if (event == null || !event.isObject()) {
                return null;
            }
            UUID.fromString(event.path("orderId").asText());
            UUID.fromString(event.path("eventId").asText());
            return event;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Long amount(JsonNode event) {
        JsonNode amount = event.has("amount") ? event.path("amount") : event.path("total");
        return amount.isMissingNode() ? null : amount.asLong();
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    /** Key and value, and all that goes with them: a fact that is told again is told in the same words. */
    private static long words(ConsumerRecord<byte[], byte[]> record) {
        MessageDigest sha = sha();
        update(sha, record.key());
        update(sha, record.value());
        record.headers().forEach(header -> {
            update(sha, header.key().getBytes(UTF_8));
            update(sha, header.value());
        });
        sha.update((byte) record.partition());
        return ByteBuffer.wrap(sha.digest()).getLong();
    }

    /** Key and value alone, as PostgreSQL can say them too. */
    private static String bytes(ConsumerRecord<byte[], byte[]> record) {
        return hash(record.key()) + " " + hash(record.value());
    }

    private static String hash(byte[] bytes) {
        return bytes == null ? "null" : ClientLog.sha256(bytes);
    }

    private static void update(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).array());
        if (bytes != null) {
            sha.update(bytes);
        }
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the published rule: a UUIDv5 of order, type and occasion. */
    public static UUID eventId(UUID order, String type, String occasion) {
        MessageDigest sha = sha();
        sha.update(ByteBuffer.allocate(16).putLong(EVENT_IDS.getMostSignificantBits()).putLong(EVENT_IDS.getLeastSignificantBits()).array());
        ByteBuffer hash = ByteBuffer.wrap(sha.digest((order + "/" + type + "/" + occasion).getBytes(UTF_8)));
        return new UUID(hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L, hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }
}
