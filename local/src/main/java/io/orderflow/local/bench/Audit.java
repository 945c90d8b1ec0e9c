package io.orderflow.local.bench;

import io.orderflow.local.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Whether every promise was kept, by what the databases, the provider's ledger and the broker know once nothing is on its way. */
class Audit {

    private static final int AT_A_TIME = 10_000;
    private static final int SHOWN = 5;
    /** As PostgreSQL orders them. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
        .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Processes processes;
    private final Kafka kafka;

    Audit(Processes processes, Kafka kafka) {
        this.processes = processes;
        this.kafka = kafka;
    }

    /**
     * @param lost orders that were answered 202 and are in no database
     * @param stuck orders that are there, but whose end nobody has heard of within patience
     * @param statuses how many orders ended as what
     * @param broken what should be true and is not, in a sentence each
     */
    record Verdict(long accepted, long lost, long stuck, Map<String, Long> statuses, List<String> broken) {

        boolean clean() {
            return lost == 0 && stuck == 0 && broken.isEmpty();
        }
    }

    /** Looks at everything; {@code unheard} are the orders whose end was waited for in vain. */
    Verdict verdict(Collection<UUID> accepted, Collection<UUID> unheard, int patience) {
        await(patience, () -> ask("orders", "select exists (select from orders where status = 'PENDING') or exists (select from outbox)").equals("f")
            && kafka.lag().isEmpty());
        long lost = missing(accepted);
        List<String> broken = new ArrayList<>();
        none(broken, "orders", "select count(*) from orders where status = 'PENDING'", "orders are still PENDING");
        none(broken, "orders", "select count(*) from outbox", "events are left in the outbox of orders");
        none(broken, "payments", "select count(*) from outbox", "events are left in the outbox of payments");
        none(broken, "payments", "select count(*) from payment where state = 'PENDING'", "payments are not decided");
        none(broken, "inventory", """
            select count(*) from (select 1 from stock left join stock_ledger using (sku) group by stock.sku
                having coalesce(sum(delta), 0) <> available + reserved or available < 0 or reserved < 0) as wrong""",
            "products have a ledger that is not available + reserved, or are oversold");
        none(broken, "inventory", """
            select count(*) from (select sku, reserved from stock where reserved <> 0) as stock
            full join (select line ->> 'sku' as sku, sum((line ->> 'quantity')::bigint) as held
                from reservation, jsonb_array_elements(lines) as line where state = 'HELD' group by 1) as held using (sku)
            where coalesce(reserved, 0) <> coalesce(held, 0)""", "products have more or less reserved than orders hold");
        compareCharges(broken);
        kafka.lag().forEach((group, count) -> broken.add(group + " has " + count + " records still to do"));
        kafka.parked().forEach((topic, count) -> broken.add(topic + " holds " + count + " records"));
        return new Verdict(accepted.size(), lost, unheard.size() - missing(unheard), statuses(), broken);
    }

    /** How many of these orders the database does not have. */
    private long missing(Collection<UUID> orders) {
        long missing = 0;
        List<UUID> some = new ArrayList<>(AT_A_TIME);
        for (Iterator<UUID> all = orders.iterator(); all.hasNext();) {
            some.add(all.next());
            if (some.size() == AT_A_TIME || !all.hasNext()) {
                missing += some.size() - stored(some);
                some.clear();
            }
        }
        return missing;
    }

    private long stored(List<UUID> orders) {
        try (Connection connection = processes.database("orders").connect();
            PreparedStatement statement = connection.prepareStatement("select count(*) from orders where id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("uuid", orders.toArray()));
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Long> statuses() {
        Map<String, Long> statuses = new TreeMap<>();
        try (Rows rows = new Rows(processes.database("orders"), "select null::uuid, count(*), status from orders group by status")) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                statuses.put(row.text, row.amount);
            }
        }
        return statuses;
    }

    /** A paid order has exactly one captured charge, of its total and in its currency; any other has none. The key of a charge makes two of one order impossible. */
    private void compareCharges(List<String> broken) {
        long wrong = 0;
        List<String> examples = new ArrayList<>();
        try (Rows orders = new Rows(processes.database("orders"), "select id, total, currency from orders where status = 'PAID' order by id");
            Rows charges = new Rows(processes.database("gateway"), "select key, amount, currency from charge where outcome = 'CAPTURED' order by key")) {
            Row order = orders.next();
            Row charge = charges.next();
            while (order != null || charge != null) {
                int which = order == null ? 1 : charge == null ? -1 : BY_BYTES.compare(order.id, charge.id);
                if (which != 0 || !order.equals(charge)) {
                    wrong++;
                    if (examples.size() < SHOWN) {
                        examples.add(which > 0 ? "no paid order for " + charge : order + " has " + (which < 0 ? "none" : charge));
                    }
                }
                order = which <= 0 ? orders.next() : order;
                charge = which >= 0 ? charges.next() : charge;
            }
        }
        if (wrong > 0) {
            broken.add(wrong + " orders are paid and not charged exactly their total, or charged and not paid, such as: " + String.join("; ", examples));
        }
    }

    private void none(List<String> broken, String database, String question, String complaint) {
        String count = ask(database, question);
        if (!count.equals("0")) {
            broken.add(count + " " + complaint);
        }
    }

    private String ask(String database, String question) {
        try (Connection connection = processes.database(database).connect(); Statement statement = connection.createStatement();
            ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(database + ": " + e.getMessage(), e);
        }
    }

    private static void await(int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Row(UUID id, long amount, String text) {
    }

    /** Rows one by one, however many there are. */
    private static class Rows implements AutoCloseable {

        private final Connection connection;
        private final ResultSet rows;

        Rows(Database database, String query) {
            try {
                connection = database.connect();
                connection.setAutoCommit(false);
                Statement statement = connection.createStatement();
                statement.setFetchSize(AT_A_TIME);
                rows = statement.executeQuery(query);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Row next() {
            try {
                return rows.next() ? new Row(rows.getObject(1, UUID.class), rows.getLong(2), rows.getString(3)) : null;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
