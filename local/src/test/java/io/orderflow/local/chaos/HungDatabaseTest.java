package io.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.local.FreePorts;
import io.orderflow.local.chaos.Proxy.Way;
import io.orderflow.routes.batch.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A server that is there and does not answer; no app waits for it for ever. The bounds are for tests that would, and far above what is waited. */
@Timeout(value = 150, threadMode = ThreadMode.SEPARATE_THREAD)
class HungDatabaseTest {

    private static EmbeddedPostgres server;
    private static Proxy way;
    private static HikariDataSource database;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start();
        way = new Proxy(FreePorts.take(), server.getPort(), 0);
        database = new Databases(Map.of("payments", new Databases.Database("jdbc:postgresql://127.0.0.1:" + way.port + "/postgres", "postgres", "postgres", "", "", 2,
            Duration.ofSeconds(10)))).open("payments").unwrap(HikariDataSource.class);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        way.close();
        server.close();
    }

    @Test
    void aStatementWithoutAnAnswerIsGivenUpAndTheNextIsAskedWhenTheServerIsBack() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(ask(connection, "select 'here'")).isEqualTo("here");
            way.be(Way.HUNG);
            assertThatThrownBy(() -> ask(connection, "select 'anybody there?'")).isInstanceOf(SQLException.class);
        } finally {
            way.be(Way.OPEN);
        }
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            try (Connection another = database.getConnection()) {
                assertThat(ask(another, "select 'here'")).isEqualTo("here");
            }
        });
    }

    @Test
    void theServerGoesOnWithNoStatementThatNobodyWaitsFor() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> ask(connection, "select pg_sleep(100)")).isInstanceOfSatisfying(SQLException.class, stopped -> assertThat(stopped.getSQLState()).isEqualTo("57014"));
            assertThat(ask(connection, "select 'here'")).as("the connection is as good as before").isEqualTo("here");
        }
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
