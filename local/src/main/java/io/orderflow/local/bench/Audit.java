package io.orderflow.local.bench;

import io.orderflow.local.Database;
import io.orderflow.local.check.Check;
import io.orderflow.local.check.Deployment;
import io.orderflow.local.check.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether every promise was kept, by what {@code ./run check} finds in the books, and by what the load generator and the listener remember. */
class Audit {

    private static final int AT_A_TIME = 10_000;

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
        Map<String, Database> databases = Stream.of("orders", "inventory", "payments", "gateway").collect(Collectors.toMap(Function.identity(), processes::database));
        List<String> broken = new ArrayList<>();
        for (Finding finding : new Check(new Deployment(processes.brokers(), databases), null).books(Duration.ofSeconds(patience)).findings()) {
            if (finding.isViolated()) {
                broken.add(finding.count() + " break the promise that " + finding.invariant().promise + ", such as: " + String.join("; ", finding.examples()));
            }
        }
        kafka.parked().forEach((topic, count) -> broken.add(topic + " holds " + count + " records"));
        return new Verdict(accepted.size(), missing(accepted), unheard.size() - missing(unheard), statuses(), broken);
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
        try (Connection connection = processes.database("orders").connect(); Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select status, count(*) from orders group by status")) {
            while (rows.next()) {
                statuses.put(rows.getString(1), rows.getLong(2));
            }
            return statuses;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
