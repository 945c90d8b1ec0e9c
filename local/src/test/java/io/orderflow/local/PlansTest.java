package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.routes.batch.Databases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** What the databases make of our statements and schemas. */
class PlansTest {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):\\??[a-z]\\w*");
    private static final Pattern NUMBER = Pattern.compile("\\$\\d+");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The ways to read a table that can do without reading all of it, and that note in the index what is there no more, so that the next can pass it over. */
    private static final Set<String> BY_INDEX = Set.of("Index Scan", "Index Only Scan");
    private static final Set<String> OTHERWISE = Set.of("Seq Scan", "Bitmap Heap Scan");

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.whole();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /** A plan that was made while a table was empty and is kept finds what it looks for by the index: it is as good when there are millions of rows. */
    @ParameterizedTest
    @ValueSource(strings = {"orders/place-orders", "orders/look-up-orders", "orders/change-orders", "orders/count-pending-orders", "inventory/look-up-stock", "inventory/reserve-stock", "inventory/release-stock",
        "payments/claim-payments", "payments/record-payments", "payments/settle-payments", "gateway/charge-cards", "gateway/find-charges"})
    void aStatementOfTheFlowFindsEveryRowByItsKey(String statement) throws Exception {
        String numbered = numbered(statement);
        long parameters = NUMBER.matcher(numbered).results().count();
        List<String> reads = new ArrayList<>();

        try (HikariDataSource database = asTheAppHas(statement.replaceFirst("/.*", "")); Connection connection = database.getConnection(); Statement session = connection.createStatement()) {
            session.execute("set plan_cache_mode = force_generic_plan");
            session.execute("prepare statement as " + numbered);
            ResultSet rows = session.executeQuery("explain (format json) execute statement(" + String.join(", ", Collections.nCopies((int) parameters, "null")) + ")");
            rows.next();
            collect(JSON.readTree(rows.getString(1)).get(0).path("Plan"), reads);
        }

        assertThat(reads).isNotEmpty().allSatisfy(read -> assertThat(read).contains(" by "));
    }

    /** PostgreSQL plans anew at each run what it holds to be cheaper so, as where a table is large and there is nothing to look up in it. */
    @Test
    void theChangeOfAnOrderIsNotPlannedAtEachRun() throws Exception {
        String numbered = numbered("orders/change-orders");
        rig.sql("orders").execute("""
            insert into orders (customer, id, status, currency, total, payment_method, lines)
            select 'ann', uuidv7(), 'PAID', 'EUR', 1, 'pm_card_ok', '[]' from generate_series(1, 20000);
            analyze orders""");

        int kept;
        try (HikariDataSource database = asTheAppHas("orders"); Connection connection = database.getConnection(); Statement session = connection.createStatement()) {
            session.execute("prepare change as " + numbered);
            for (int run = 0; run < 10; run++) {
                session.execute("execute change(array[uuidv7()], array[1], array['PAID'], array['CAPTURED'], array[null], array[]::uuid[])");
            }
            ResultSet plans = session.executeQuery("select generic_plans from pg_prepared_statements where name = 'change'");
            plans.next();
            kept = plans.getInt(1);
        }

        assertThat(kept).as("runs of ten with the plan that is kept").isPositive();
    }

    /** A lone order would have a hundred pages asked of the kernel and given back to it, which takes longer than all else that is done for it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theMemoryOfAStatementIsKeptForTheNext() throws Exception {
        String statement = Filled.statement("orders/place-orders",
            JSON.readTree("[{\"customer\": \"ann\", \"currency\": \"EUR\", \"paymentMethod\": \"pm_card_ok\", \"lines\": [{\"sku\": \"TEAPOT\", \"quantity\": 1}]}]"));
        long pages;
        try (HikariDataSource database = asTheAppHas("orders"); Connection connection = database.getConnection();
            PreparedStatement placing = connection.prepareStatement(statement); PreparedStatement process = connection.prepareStatement("select pg_backend_pid()")) {
            ResultSet id = process.executeQuery();
            id.next();
            Path counts = Path.of("/proc", id.getString(1), "stat");
            run(placing, 20);
            long before = pagesAskedFor(counts);
            run(placing, 100);
            pages = pagesAskedFor(counts) - before;
        }

        assertThat(pages).as("pages asked for in 100 runs").isLessThan(2_000);
    }

    private static HikariDataSource asTheAppHas(String name) throws SQLException {
        Database there = rig.database(name);
        return new Databases(Map.of(name, new Databases.Database(there.url(), there.app().username(), there.app().password(), there.username(), there.password(), 2,
            Duration.ofSeconds(10)))).open(name).unwrap(HikariDataSource.class);
    }

    private static void run(PreparedStatement statement, int times) throws SQLException {
        for (int n = 0; n < times; n++) {
            statement.executeQuery().close();
        }
    }

    /** The tenth field is what proc(5) calls minflt; the second is a name, which may have spaces in it. */
    private static long pagesAskedFor(Path stat) throws IOException {
        return Long.parseLong(Files.readString(stat).replaceFirst(".*\\) ", "").split(" ")[7]);
    }

    /** The statement with PostgreSQL's own parameters: $1, $2 ... */
    private static String numbered(String statement) throws IOException {
        String sql = new ClassPathResource("sql/" + statement + ".sql").getContentAsString(StandardCharsets.UTF_8);
        AtomicInteger parameters = new AtomicInteger();
        return PARAMETER.matcher(sql).replaceAll(parameter -> "\\$" + parameters.incrementAndGet());
    }

    /** All that a database dates, it dates by one clock of its own, which a test can move. */
    @ParameterizedTest
    @ValueSource(strings = {"orders", "inventory", "payments", "gateway"})
    void whateverIsFilledInHasItsTimeFromTheClock(String database) {
        List<String> timed = rig.sql(database).queryForList("""
            select attrelid::regclass || '.' || attname || ': ' || pg_get_expr(adbin, adrelid)
            from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
            where adrelid::regclass::text <> 'flyway_schema_history' and pg_get_expr(adbin, adrelid) ~ 'now\\(|clock\\(|uuidv7\\(|timestamp'""", String.class);

        assertThat(timed).isNotEmpty().allSatisfy(expression -> assertThat(expression.replace("clock() - now()", "clock()")).contains("clock()").doesNotContain("now()", "uuidv7()"));
    }

    private static void collect(JsonNode node, List<String> reads) {
        String type = node.path("Node Type").asText();
        if (BY_INDEX.contains(type)) {
            reads.add(type + " of " + node.path("Index Name").asText() + (node.has("Index Cond") ? " by " + node.path("Index Cond").asText() : ""));
        } else if (OTHERWISE.contains(type)) {
            reads.add(type + " of " + node.path("Relation Name").asText());
        }
        StreamSupport.stream(node.path("Plans").spliterator(), false).forEach(part -> collect(part, reads));
    }
}
