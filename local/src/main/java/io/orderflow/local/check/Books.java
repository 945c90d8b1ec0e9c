package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I2;
import static io.orderflow.local.check.Invariant.I3;
import static io.orderflow.local.check.Invariant.I4;
import static io.orderflow.local.check.Invariant.I7;
import static io.orderflow.local.check.Invariant.I8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.local.check.Rows.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compares what the three services and the provider have in their books, order by order: all four are read side by side, in the order of the ids. */
class Books {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDED = Set.of("PAID", "REJECTED", "PAYMENT_FAILED");
    /** Order, reservation and payment can only end together like this. */
    private static final Set<String> ENDINGS = Set.of("PAID HELD CAPTURED", "PAYMENT_FAILED RELEASED DECLINED", "REJECTED REFUSED none");

    private final Deployment where;
    private final Findings findings;

    Books(Deployment where, Findings findings) {
        this.where = where;
        this.findings = findings;
    }

    /** Answers how many orders there are. */
    long compare() {
        long count = 0;
        try (Rows orders = new Rows(where.database("orders"), "select id, status, total, currency, lines::text from orders order by id");
            Rows reservations = new Rows(where.database("inventory"), "select order_id, state, lines::text from reservation order by order_id");
            Rows payments = new Rows(where.database("payments"), "select order_id, state, amount, currency, coalesce(reason, '') from payment order by order_id");
            Rows charges = new Rows(where.database("gateway"), "select key, outcome, amount, currency, coalesce(reason, '') from charge order by key")) {
            for (UUID id = Rows.first(orders, reservations, payments, charges); id != null; id = Rows.first(orders, reservations, payments, charges)) {
                List<Row> order = orders.take(id);
                judge(id, order, reservations.take(id), payments.take(id), charges.take(id));
                count += order.size();
            }
        }
        return count;
    }

    private void judge(UUID id, List<Row> orders, List<Row> reservations, List<Row> payments, List<Row> charges) {
        if (!told(payments).equals(told(charges))) {
            findings.add(I4, id + ": in our books " + told(payments) + ", in the provider's " + told(charges));
        }
        if (orders.isEmpty()) {
            if (!reservations.isEmpty() || !payments.isEmpty()) {
                findings.add(I8, id + ": no order, reservation " + states(reservations) + ", payment " + states(payments));
            }
            if (charges.stream().anyMatch(Books::isCaptured)) {
                findings.add(I4, id + ": charged, and there is no such order");
            }
            return;
        }
        Row order = orders.get(0);
        if (orders.size() > 1) {
            findings.add(I2, id + ": " + orders.size() + " orders of one id");
        }
        haveTheyEnded(order, reservations, payments);
        isHeldWhatWasAsked(order, reservations);
        isPaidWhatIsOwed(order, charges);
    }

    private void haveTheyEnded(Row order, List<Row> reservations, List<Row> payments) {
        String ending = order.text(0) + " " + states(reservations) + " " + states(payments);
        if (!ENDED.contains(order.text(0))) {
            findings.add(I2, order.id() + ": still " + order.text(0) + ", reservation " + states(reservations) + ", payment " + states(payments));
        } else if (!ENDINGS.contains(ending)) {
            findings.add(I8, order.id() + ": order " + order.text(0) + ", reservation " + states(reservations) + ", payment " + states(payments));
        }
    }

    private void isHeldWhatWasAsked(Row order, List<Row> reservations) {
        Map<String, Long> asked = quantities(order.text(3));
        long held = reservations.stream().filter(reservation -> reservation.text(0).equals("HELD")).count();
        if (order.text(0).equals("PAID") && held != 1 || ENDED.contains(order.text(0)) && !order.text(0).equals("PAID") && held != 0) {
            findings.add(I3, order.id() + ": " + order.text(0) + ", and what it asked for is held " + held + " times");
        }
        reservations.stream().filter(reservation -> Set.of("HELD", "RELEASED").contains(reservation.text(0))).map(reservation -> quantities(reservation.text(1)))
            .filter(reserved -> !reserved.equals(asked)).forEach(reserved -> findings.add(I3, order.id() + ": asked for " + asked + ", reserved " + reserved));
    }

    private void isPaidWhatIsOwed(Row order, List<Row> charges) {
        List<String> captured = charges.stream().filter(Books::isCaptured).map(charge -> charge.text(1) + " " + charge.text(2)).toList();
        List<String> owed = order.text(0).equals("PAID") ? List.of(order.text(1) + " " + order.text(2)) : List.of();
        if (ENDED.contains(order.text(0)) && !captured.equals(owed)) {
            findings.add(I4, order.id() + ": " + order.text(0) + ", charged " + captured + " where it should be " + owed);
        }
        long sum = 0;
        for (JsonNode line : json(order.text(3))) {
            sum += line.path("quantity").asLong() * line.path("unitPrice").asLong();
        }
        if (sum != order.number(1)) {
            findings.add(I4, order.id() + ": its total is " + order.text(1) + ", its lines come to " + sum);
        }
    }

    /** What an order's row remembers of its life: one step after the other, and not two ends. */
    void compareTimelines() {
        Rows.each(where.database("orders"), """
            select id, version, status, steps, ends, last from (
                select id, version, status, timeline -> -1 ->> 'status' as last,
                    (select coalesce(string_agg(step ->> 'version', ' ' order by n), '') from jsonb_array_elements(timeline) with ordinality as t(step, n)) as steps,
                    (select count(*) from jsonb_array_elements(timeline) as step where step ->> 'status' <> 'PENDING') as ends
                from orders) as life
            where ends > 1 or last is distinct from status or steps <> (select string_agg(n::text, ' ' order by n) from generate_series(1, version) as n)
            order by id""",
            row -> findings.add(row.number(3) > 1 ? I2 : I7, row.id() + ": " + row.text(1) + " at version " + row.text(0) + "; its timeline has versions " + row.text(2)
                + ", ends in " + row.text(4) + " and has " + row.text(3) + " end(s)"));
    }

    private static boolean isCaptured(Row charge) {
        return charge.text(0).equals("CAPTURED");
    }

    /** What two books must say alike. */
    private static List<String> told(List<Row> rows) {
        return rows.stream().map(row -> String.join(" ", row.columns()).trim()).sorted().toList();
    }

    private static String states(List<Row> rows) {
        return rows.isEmpty() ? "none" : rows.stream().map(row -> row.text(0)).collect(Collectors.joining("+"));
    }

    static Map<String, Long> quantities(String lines) {
        Map<String, Long> quantities = new TreeMap<>();
        json(lines).forEach(line -> quantities.merge(line.path("sku").asText(), line.path("quantity").asLong(), Long::sum));
        return quantities;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CannotLook("Lines of an order", e);
        }
    }
}
