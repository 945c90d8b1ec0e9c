package io.orderflow.routes.batch;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.orderflow.routes.batch.Databases.Database;
import io.orderflow.routes.settings.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabasesTest {

    /** Who takes a connection and says nothing is waited for as long as who refuses it, and no longer. */
    @Test
    @Timeout(value = 1, unit = MINUTES, threadMode = SEPARATE_THREAD)
    void aServerThatSaysNothingEndsTheStart() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            var url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/orders";
            var databases = new Databases(Map.of("orders", new Database(url, "orders", "", null, null, 2, Duration.ofSeconds(1))));

            assertThatThrownBy(() -> databases.open("orders")).isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("The database orders has no way in at " + url + " for the role orders");
        }
    }
}
