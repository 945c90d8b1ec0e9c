package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    private static final List<String> NAMES = List.of("orders", "inventory");
    private static final int PORT = FreePorts.take();

    @TempDir
    private static Path folder;
    private static Postgres postgres;

    @BeforeAll
    static void prepare() {
        postgres = on(folder.resolve("kept"), PORT);
    }

    @BeforeEach
    void start() {
        postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void keepsDataWhenStoppedAndStartedAgain() throws SQLException {
        run(database("orders"), "create table kept as select 1 as one");

        postgres.stop();
        assertThatThrownBy(() -> database("orders").connect()).isInstanceOf(SQLException.class);
        postgres.start();

        assertThat(ask(database("orders"), "select one from kept")).isEqualTo("1");
    }

    @Test
    void keepsRolesOutOfEachOthersDatabases() {
        Database own = database("orders");
        for (String other : List.of("inventory", "postgres", "template1")) {
            String url = own.url().replace("/orders", "/" + other);
            assertThatThrownBy(() -> DriverManager.getConnection(url, own.username(), own.password())).hasMessageContaining("permission denied");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        Database database = database("orders");
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "orders", "orders")).hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", "postgres")).hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsEveryCommitOnDisk() throws SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(ask(database("orders"), "show " + setting)).as(setting).isEqualTo("on");
        }
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
        Path left = folder.resolve("left");
        int port = FreePorts.take();
        Process killed = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
            Killed.class.getName(), left.toString(), folder.resolve("programs").toString(), Integer.toString(port))
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(killed.waitFor(120, TimeUnit.SECONDS)).isTrue();
        ProcessHandle orphan = Postmaster.of(left.resolve("data")).orElseThrow().process().orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (Postgres next = on(left, port)) {
            next.start();
            orphan.onExit().get(20, TimeUnit.SECONDS);
            assertThat(ask(next.databases().get(0), "select one from kept")).isEqualTo("1");
        }
    }

    @Test
    void beginsAnewWhereTheFirstStartWasCutOff() throws Exception {
        Path cutOff = folder.resolve("cut-off");
        Files.createDirectories(cutOff.resolve("data"));
        Files.writeString(cutOff.resolve("data").resolve("postgresql.conf"), "half a file");
        Files.createFile(cutOff.resolve("first-start.tmp"));

        try (Postgres again = on(cutOff, FreePorts.take())) {
            again.start();
            assertThat(ask(again.databases().get(0), "select 1")).isEqualTo("1");
            assertThat(cutOff.resolve("first-start.tmp")).doesNotExist();
        }
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheNumberOfALostServer() throws Exception {
        Path data = Files.createDirectories(folder.resolve("stale").resolve("data"));
        Path file = Files.writeString(data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n1700000000\n");

        Postgres.stopLeftOver(data.getParent());

        assertThat(file).doesNotExist();
    }

    /** Starts a server, writes a row and dies without a word. */
    static class Killed {

        public static void main(String[] args) throws SQLException {
            Postgres postgres = on(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
            postgres.start();
            run(postgres.databases().get(0), "create table kept as select 1 as one");
            Runtime.getRuntime().halt(137);
        }
    }

    private static Postgres on(Path data, int port) {
        return on(data, folder.resolve("programs"), port);
    }

    private static Postgres on(Path data, Path programs, int port) {
        return new Postgres(data, programs, port, NAMES, new Passwords(data.resolveSibling(data.getFileName() + "-passwords.properties")));
    }

    private static Database database(String name) {
        return postgres.databases().stream().filter(database -> database.name().equals(name)).findAny().orElseThrow();
    }

    private static void run(Database database, String statement) throws SQLException {
        try (Connection connection = database.connect(); Statement work = connection.createStatement()) {
            work.execute(statement);
        }
    }

    private static String ask(Database database, String question) throws SQLException {
        try (Connection connection = database.connect(); Statement work = connection.createStatement(); ResultSet answer = work.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
