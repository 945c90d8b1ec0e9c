package io.orderflow.routes.outbox;

import static io.orderflow.routes.batch.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.routes.event.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Publishes what an outbox holds: read, publish, and only then delete. Everything happens on one connection that also holds the
 * advisory lock, so a relay that has lost its lock has lost its hands too: one relay at a time per database.
 */
class Relay extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    /** The advisory lock that says who is the relay; one per database, for the lock lives in the database. */
    private static final long LOCK = 0x6f7574626f78L;
    private static final int LARGEST_BATCH = 500;
    /** Every so often, and whenever there seems to be nothing, all of the table is looked at; else only what comes after the rows last deleted, and shortly before. */
    private static final int LOOKS_TO_A_FULL_ONE = 50;
    /** What others store at the same moment has ids not far from ours, though it may be there later. */
    private static final int IDS_BEFORE = 1_000;
    /** Who stores more here wakes this relay, so that it need not look at once whether more has come. */
    private static final int SECOND_LOOK_MILLIS = 40;
    /** Who writes elsewhere does not wake this relay: while there is something to do it looks often, and less and less when there is not. */
    private static final int SHORTEST_POLL_MILLIS = 20;
    private static final int LONGEST_POLL_MILLIS = 160;
    private static final int PAUSE_MILLIS = 500;
    /** A relay that lives asks more often: without a broker the route fails after 15 seconds at most, and is not retried but by the next turn. */
    private static final int LONGEST_SILENCE_MILLIS = 20_000;

    private final Outbox.Table outbox;
    private final DataSource database;
    private final Set<Long> unreadable = new HashSet<>();
    /** All rows up to this one were deleted, as far as the last look could see. */
    private long deleted;
    private long looks;
    /** The last look has taken all that there was. */
    private boolean hasAll;
    private CountDownLatch stopping;
    private Thread worker;

    Relay(Outbox.Table outbox, Processor processor, DataSource database) {
        super(outbox, processor);
        this.outbox = outbox;
        this.database = database;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = new CountDownLatch(1);
        worker = new Thread(this::work, "relay " + outbox.database);
        worker.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (worker != null) {
            stopping.countDown();
            outbox.wake.release();
            worker.join();
        }
        super.doStop();
    }

    private void work() {
        while (isRunAllowed())
            try (var session = new Session(database.unwrap(HikariDataSource.class))) {
                relay(new JdbcTemplate(session));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                LOG.warn("The outbox of {} is left as it is for a moment: {}", outbox.database, e.toString());
                pause();
            }
    }

    private void relay(JdbcTemplate session) throws Exception {
        while (isRunAllowed() && !isTheRelay(session)) {
            outbox.isLookedAfterElsewhere();
            pause();
        }
        var poll = SHORTEST_POLL_MILLIS;
        deleted = 0;
        while (isRunAllowed()) {
            outbox.wake.drainPermits();
            if (turn(session)) {
                poll = SHORTEST_POLL_MILLIS;
                if (hasAll)
                    outbox.wake.tryAcquire(SECOND_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                outbox.wake.tryAcquire(poll, TimeUnit.MILLISECONDS);
                poll = Math.min(2 * poll, LONGEST_POLL_MILLIS);
            }
        }
    }

    /** Publishes what there is, and only then deletes it; false where a full look has found nothing. */
    boolean turn(JdbcTemplate session) throws Exception {
        var rows = rowsAfter(++looks % LOOKS_TO_A_FULL_ONE == 0 ? 0 : deleted - IDS_BEFORE, session);
        if (rows.isEmpty()) {
            var wasFull = deleted == 0;
            deleted = 0;
            hasAll = false;
            if (wasFull)
                outbox.hasNothingUnpublished();
            return !wasFull;
        }
        outbox.hasUnpublishedSince(rows.get(0).event.occurredAt());
        publish(rows.stream().map(Row::event).toList());
        session.update("delete from outbox where id = any (?)", (Object) rows.stream().map(Row::id).toArray(Long[]::new));
        deleted = rows.get(rows.size() - 1).id;
        hasAll = rows.size() < LARGEST_BATCH;
        return true;
    }

    /** The dead rows at the beginning of the table need not be passed at each look. A row that was written earlier and committed later has a lower id; where that is much lower, it is found by the next full look. */
    private List<Row> rowsAfter(long id, JdbcTemplate session) {
        return session.query("select id, event from outbox where id > ? and id <> all (?) order by id limit " + LARGEST_BATCH,
            (row, n) -> row(row.getLong(1), row.getString(2)), id, unreadable.toArray(Long[]::new)).stream().filter(row -> row.event != null).toList();
    }

    private static boolean isTheRelay(JdbcTemplate session) {
        return Boolean.TRUE.equals(session.queryForObject("select pg_try_advisory_lock(?)", Boolean.class, LOCK));
    }

    private void publish(List<Event> events) throws Exception {
        var exchange = createExchange(true);
        try {
            exchange.getMessage().setBody(events);
            getProcessor().process(exchange);
            if (exchange.getException() != null)
                throw exchange.getException();
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** Nothing wakes a relay that has to wait: who places orders must not make it try more often. */
    private void pause() {
        try {
            stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A row that this version cannot read, as when a newer one has written it, is left for one that can, and holds nothing up. */
    private Row row(long id, String json) {
        try {
            return new Row(id, JSON.readValue(json, Event.class));
        } catch (JsonProcessingException e) {
            if (unreadable.add(id))
                LOG.error("Row {} of the outbox of {} cannot be read and stays there: {}", id, outbox.database, e.getOriginalMessage());
            return new Row(id, null);
        }
    }

    /** A connection of the relay's own, outside the pool: a pool would give the lock away with the connection. Who has frozen with the lock in hand loses both. */
    private static class Session extends SingleConnectionDataSource {
        Session(HikariDataSource pool) {
            super(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword(), true);
            var properties = new Properties();
            pool.getDataSourceProperties().forEach((name, value) -> properties.setProperty(name.toString(), value.toString()));
            properties.merge("options", "-c idle_session_timeout=" + LONGEST_SILENCE_MILLIS, (given, more) -> given + " " + more);
            setConnectionProperties(properties);
        }
    }

    private record Row(long id, Event event) {
    }
}
