package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A new build brings its database to its schema while instances of the one before still work there. */
class MigrationsTest {
    private static final Pattern CREATED = Pattern.compile("create table (\\w+)");
    private static final Pattern LOCKED = Pattern.compile("(?:alter table|drop table|create (?:unique )?index on) (\\w+)");
    /** Before there was anything that could be at work meanwhile. */
    private static final Set<String> FIRST_ONES = Set.of("V2__movements.sql");

    /** Who locks two tables in one transaction meets a statement that locks them the other way round: {@code ./run chaos versions} has met one. */
    @TestFactory
    Stream<DynamicTest> aMigrationLocksOneTableThatOthersUseMeanwhile() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*/V*.sql"))
            .filter(file -> !FIRST_ONES.contains(file.getFilename()))
            .map(file -> dynamicTest(file.getFilename(), () -> {
                Set<String> locked = names(LOCKED, file);
                locked.removeAll(names(CREATED, file));

                assertThat(locked).hasSizeLessThanOrEqualTo(1);
            }));
    }

    private static Set<String> names(Pattern pattern, Resource file) throws IOException {
        return pattern.matcher(file.getContentAsString(UTF_8)).results().map((MatchResult found) -> found.group(1)).collect(Collectors.toSet());
    }
}
