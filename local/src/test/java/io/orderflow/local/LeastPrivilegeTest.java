package io.orderflow.local;

import static io.orderflow.local.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.routes.batch.Databases;
import io.orderflow.routes.settings.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whoever gets hold of an app's way into its database can do there what the app does, and nothing else. */
class LeastPrivilegeTest {
    private static final String REFUSED = "42501";
    /** What is only ever added to. */
    private static final Map<String, String> LEDGERS = Map.of("inventory", "stock_ledger", "gateway", "charge");

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.whole();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    static Stream<Arguments> deeds() {
        return Stream.of(
            arguments("orders", "create table loot (id bigint)"),
            arguments("orders", "create temporary table loot (id bigint)"),
            arguments("orders", "create schema loot"),
            arguments("orders", "create function loot() returns int language sql return 1"),
            arguments("orders", "create role thief superuser"),
            arguments("orders", "create database loot"),
            arguments("orders", "alter table orders add column loot text"),
            arguments("orders", "alter table orders disable trigger all"),
            arguments("orders", "alter role orders_app superuser"),
            arguments("orders", "alter system set fsync = off"),
            arguments("orders", "drop table orders"),
            arguments("orders", "drop function as_json(orders)"),
            arguments("orders", "truncate orders"),
            arguments("orders", "set role orders"),
            arguments("orders", "set role postgres"),
            arguments("orders", "copy orders to program 'true'"),
            arguments("orders", "copy orders (customer) from program 'true'"),
            arguments("orders", "copy orders to '/tmp/loot'"),
            arguments("orders", "copy orders (customer) from '/etc/passwd'"),
            arguments("orders", "select pg_read_file('/etc/passwd')"),
            arguments("orders", "select passwd from pg_shadow"),
            arguments("orders", "select pg_terminate_backend(pid) from pg_stat_activity where usename is distinct from current_user"),
            arguments("orders", "delete from flyway_schema_history"),
            arguments("orders", "update flyway_schema_history set checksum = 0"),
            arguments("inventory", "update stock_ledger set delta = delta + 1"),
            arguments("inventory", "delete from stock_ledger"),
            arguments("inventory", "truncate stock_ledger"),
            arguments("gateway", "update charge set amount = 0"),
            arguments("gateway", "delete from charge"),
            arguments("gateway", "insert into charge (key, currency, amount, method, outcome) select key, currency, 0, method, outcome from charge on conflict (key) do update set amount = 0"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("deeds")
    void theRoleOfAnAppIsRefused(String database, String deed) {
        assertThatThrownBy(() -> app(database).execute(deed)).rootCause().isInstanceOfSatisfying(SQLException.class,
            refused -> assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "inventory", "payments", "gateway"})
    void seesNoOtherDatabase(String name) {
        Login app = rig.database(name).app();
        for (String other : List.of("orders", "inventory", "payments", "gateway", "postgres", "template1")) {
            if (!other.equals(name)) {
                String url = rig.database(name).url().replace("/" + name, "/" + other);
                assertThatThrownBy(() -> DriverManager.getConnection(url, app.username(), app.password())).isInstanceOfSatisfying(SQLException.class,
                    refused -> assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(REFUSED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "inventory", "payments", "gateway"})
    void readsAndWritesRowsAndOnlyAddsToALedger(String name) {
        List<String> tables = app(name).queryForList("""
            select relname || ': ' || array_to_string(array(select privilege
                from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) as privilege
                where has_table_privilege(c.oid, privilege)), ' ')
            from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by relname""", String.class);
        assertThat(tables).contains("flyway_schema_history: SELECT").allMatch(table -> table.equals("flyway_schema_history: SELECT")
            || table.equals(LEDGERS.get(name) + ": SELECT INSERT") || table.endsWith(": SELECT INSERT UPDATE DELETE") && !table.startsWith(LEDGERS.get(name) + ":"));
        assertThat(app(name).queryForMap("""
            select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as mighty, exists (select from pg_auth_members where member = r.oid) as member,
                (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid) as owns
            from pg_roles r where rolname = current_user"""))
            .containsEntry("mighty", false).containsEntry("member", false).containsEntry("owns", 0L);
    }

    /** What a later version adds is the app's to use, without a word in the grants. */
    @Test
    void readsAndWritesWhatTheOwnerMakesLater() {
        owner("payments").execute("create table later (id bigint generated always as identity primary key, word text)");
        assertThat(app("payments").update("insert into later (word) values ('now')")).isEqualTo(1);
        assertThat(app("payments").update("delete from later")).isEqualTo(1);
        owner("payments").execute("drop table later");
    }

    @Test
    void takesAnOrderToItsEndByTheseRolesAlone() {
        rig.stock("TEAPOT", 1_000, 10);
        UUID paid = rig.shop.place("pm_card_ok", line("TEAPOT", 1));
        UUID declined = rig.shop.place("pm_card_declined", line("TEAPOT", 1));
        rig.shop.await(paid, "PAID");
        rig.shop.await(declined, "PAYMENT_FAILED");
        rig.awaitTheEnd();

        for (Database database : rig.databases().values()) {
            assertThat(owner(database.name()).queryForList("""
                select distinct usename::text from pg_stat_activity where datname = current_database() and application_name like 'orderflow %'""", String.class))
                .containsExactly(database.app().username());
        }
    }

    @Test
    void startsWithoutTheOwnerWhereNothingIsToBeMade() throws Exception {
        for (Database there : rig.databases().values()) {
            open(new Database(there.name(), there.url(), there.app().username(), there.app().password()), there.url());
        }
    }

    @Test
    void doesNotStartWhereSynchronousCommitIsOff() {
        Database there = rig.database("inventory");
        assertThatThrownBy(() -> open(there, there.url() + "?options=-c%20synchronous_commit=off")).isInstanceOf(CannotStart.class)
            .hasMessage("The database inventory at %s would forget in a crash what it has confirmed: set synchronous_commit to on there.", there.url());
    }

    /** Left to itself, the library starts a server for tests: without fsync. */
    @Test
    void doesNotStartWhereFsyncIsOff() throws Exception {
        try (EmbeddedPostgres hasty = EmbeddedPostgres.builder().setOverrideWorkingDirectory(Rig.WORK.resolve("postgres-programs").toFile()).start()) {
            String url = "jdbc:postgresql://localhost:" + hasty.getPort() + "/postgres";
            assertThatThrownBy(() -> open(new Database("inventory", url, "postgres", "postgres"), url)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("set fsync to on there");
        }
    }

    private static void open(Database database, String url) throws Exception {
        boolean alone = database.username().equals(database.app().username());
        DataSource opened = new Databases(Map.of(database.name(), new Databases.Database(url, database.app().username(), database.app().password(),
            alone ? "" : database.username(), alone ? "" : database.password(), 2, Duration.ofSeconds(10)))).open(database.name());
        opened.unwrap(HikariDataSource.class).close();
    }

    private static JdbcTemplate app(String database) {
        Login app = rig.database(database).app();
        return new JdbcTemplate(new DriverManagerDataSource(rig.database(database).url(), app.username(), app.password()));
    }

    private static JdbcTemplate owner(String database) {
        return rig.sql(database);
    }
}
