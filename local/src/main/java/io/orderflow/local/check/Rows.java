package io.orderflow.local.check;

import io.orderflow.local.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Rows whose first column is an order's id, one order after the other, however many there are. */
class Rows implements AutoCloseable {
    private static final int AT_A_TIME = 5_000;
    /** As PostgreSQL orders them. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
        .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Database database;
    private final Connection connection;
    private final ResultSet rows;
    private final int width;
    private Row next;

    Rows(Database database, String query) {
        this.database = database;
        Connection open = null;
        try {
            open = database.connect();
            open.setAutoCommit(false);
            Statement statement = open.createStatement();
            statement.setFetchSize(AT_A_TIME);
            connection = open;
            rows = statement.executeQuery(query);
            width = rows.getMetaData().getColumnCount();
            step();
        } catch (SQLException e) {
            shut(open);
            throw new CannotLook(database.toString(), e);
        }
    }

    /** @param columns all after the id, as text */
    record Row(UUID id, List<String> columns) {
        String text(int column) {
            return columns.get(column);
        }

        long number(int column) {
            return Long.parseLong(columns.get(column));
        }
    }

    /** The order that comes next; null after the last. */
    UUID next() {
        return next == null ? null : next.id;
    }

    /** All rows of an order, if it is the next; none otherwise. */
    List<Row> take(UUID id) {
        if (next == null || !next.id.equals(id)) {
            return List.of();
        }
        List<Row> taken = new ArrayList<>(1);
        try {
            while (next != null && next.id.equals(id)) {
                taken.add(next);
                step();
            }
        } catch (SQLException e) {
            throw new CannotLook(database.toString(), e);
        }
        return taken;
    }

    private void step() throws SQLException {
        if (!rows.next()) {
            next = null;
            return;
        }
        List<String> columns = new ArrayList<>(width - 1);
        for (int column = 2; column <= width; column++) {
            columns.add(rows.getString(column));
        }
        next = new Row(rows.getObject(1, UUID.class), columns);
    }

    /** The first order that any of these has; null when all are at their end. */
    static UUID first(Rows... sources) {
        UUID first = null;
        for (Rows source : sources) {
            if (source.next() != null && (first == null || BY_BYTES.compare(source.next(), first) < 0)) {
                first = source.next();
            }
        }
        return first;
    }

    /** Hands out row by row, in any order. */
    static void each(Database database, String query, Consumer<Row> reader) {
        try (Rows rows = new Rows(database, query)) {
            for (UUID id = rows.next(); id != null; id = rows.next()) {
                rows.take(id).forEach(reader);
            }
        }
    }

    /** The one column of a few rows. */
    static List<String> list(Database database, String query) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(query)) {
            List<String> list = new ArrayList<>();
            while (found.next()) {
                list.add(found.getString(1));
            }
            return list;
        } catch (SQLException e) {
            throw new CannotLook(database.toString(), e);
        }
    }

    @Override
    public void close() {
        shut(connection);
    }

    private static void shut(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // What was to be read has been read.
        }
    }
}
