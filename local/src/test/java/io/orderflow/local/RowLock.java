package io.orderflow.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows or tables that nobody else can change until closed: it stops a statement of the system just where the test wants it, or gets in before it. */
class RowLock implements AutoCloseable {
    private final Rig rig;
    private final String database;
    private final Connection holder;

    private RowLock(Rig rig, String database, Connection holder) {
        this.rig = rig;
        this.database = database;
        this.holder = holder;
    }

    /** Takes what the statement locks or changes, which waits for those who hold it now. */
    static RowLock on(Rig rig, String database, String statement) {
        try {
            Connection holder = rig.database(database).connect();
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute(statement);
            }
            return new RowLock(rig, database, holder);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many sessions of the apps wait for a lock in this database. */
    long waitingClients() {
        return rig.sql(database).queryForObject("""
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name like 'orderflow %' and wait_event_type = 'Lock' and state = 'active'""", Long.class);
    }

    /** Makes what the statement changed last; {@link #close()} alone undoes it. */
    void commit() {
        try {
            holder.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (holder) {
            holder.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
