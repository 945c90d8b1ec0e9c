package io.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.local.FreePorts;
import io.orderflow.local.chaos.Proxy.Way;
import io.orderflow.routes.batch.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is there and says nothing any more, as when its machine has lost its power, or a firewall has forgotten the connection. */
class HungDatabaseTest {

    /** The bound is for a statement that would wait for ever, and far above what one is given. */
    @Test
    @Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStatementWithoutAnAnswerIsGivenUpAndTheNextOneIsAsked() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start(); Proxy way = new Proxy(FreePorts.take(), server.getPort(), 0)) {
            DataSource database = new Databases(Map.of("payments", new Databases.Database("jdbc:postgresql://127.0.0.1:" + way.port + "/postgres", "postgres", "postgres", "", "", 2,
                Duration.ofSeconds(10)))).open("payments");
            try (HikariDataSource closedAtTheEnd = database.unwrap(HikariDataSource.class); Connection connection = database.getConnection()) {
                assertThat(one(connection)).isEqualTo(1);
                way.be(Way.HUNG);

                assertThatThrownBy(() -> one(connection)).isInstanceOf(SQLException.class);
                assertThatThrownBy(database::getConnection).isInstanceOf(SQLException.class);

                way.be(Way.OPEN);
                await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
                    try (Connection another = database.getConnection()) {
                        assertThat(one(another)).isEqualTo(1);
                    }
                });
            }
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery("select 1")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
