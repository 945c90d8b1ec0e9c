package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that a database dates, it dates by one clock of its own, which a test can move. */
class ClockTest {
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.whole();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "inventory", "payments", "gateway"})
    void whateverIsFilledInHasItsTimeFromTheClock(String database) {
        List<String> timed = rig.sql(database).queryForList("""
            select attrelid::regclass || '.' || attname || ': ' || pg_get_expr(adbin, adrelid)
            from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
            where adrelid::regclass::text <> 'flyway_schema_history' and pg_get_expr(adbin, adrelid) ~ 'now\\(|clock\\(|uuidv7\\(|timestamp'""", String.class);

        assertThat(timed).isNotEmpty().allSatisfy(expression -> assertThat(expression.replace("clock() - now()", "clock()")).contains("clock()").doesNotContain("now()", "uuidv7()"));
    }
}
