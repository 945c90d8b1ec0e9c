package io.orderflow.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.event.Topics;
import io.orderflow.routes.failure.FailurePolicy;
import io.orderflow.routes.failure.Parking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** The grammar of our routes, checked on all of them as they run. */
@EveryRoute
class RouteConventionsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path STATEMENTS = Path.of("src/main/resources/sql");
    private static final Pattern WORDS = Pattern.compile("[a-z]+(-[a-z]+)*");

    @Autowired
    ModelCamelContext camel;

    private Stream<DynamicTest> everyRoute(Consumer<RouteDefinition> rule) {
        return camel.getRouteDefinitions().stream().map(route -> dynamicTest(route.getRouteId(), () -> rule.accept(route)));
    }

    private Stream<DynamicTest> everyKafkaRoute(Consumer<RouteDefinition> rule) {
        return kafkaRoutes().map(route -> dynamicTest(route.getRouteId(), () -> rule.accept(route)));
    }

    private Stream<RouteDefinition> kafkaRoutes() {
        return camel.getRouteDefinitions().stream().filter(route -> from(route).startsWith("kafka:"));
    }

    private static String from(RouteDefinition route) {
        return route.getInput().getEndpointUri();
    }

    /** Everything that is a box in a diagram of the route. */
    private static List<OptionalIdentifiedDefinition<?>> boxes(OptionalIdentifiedDefinition<?> parent) {
        List<OptionalIdentifiedDefinition<?>> boxes = new ArrayList<>();
        for (var child : children(parent)) {
            boxes.add(child);
            boxes.addAll(boxes(child));
        }
        return boxes;
    }

    private static List<? extends OptionalIdentifiedDefinition<?>> children(OptionalIdentifiedDefinition<?> parent) {
        if (parent instanceof ChoiceDefinition choice)
            return Stream.concat(choice.getWhenClauses().stream(), Stream.ofNullable(choice.getOtherwise())).toList();
        if (parent instanceof WhenDefinition when)
            return when.getOutputs();
        if (parent instanceof OtherwiseDefinition otherwise)
            return otherwise.getOutputs();
        return ((ProcessorDefinition<?>) parent).getOutputs().stream().filter(child -> !(child instanceof OnExceptionDefinition)).toList();
    }

    private static Stream<ToDefinition> tos(RouteDefinition route, String scheme) {
        return boxes(route).stream().filter(ToDefinition.class::isInstance).map(ToDefinition.class::cast).filter(to -> to.getEndpointUri().startsWith(scheme));
    }

    private static String className(RouteDefinition route) {
        return Arrays.stream(route.getRouteId().split("-")).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1)).collect(Collectors.joining());
    }

    private static List<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(ending) || ending.startsWith(".") && file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String source(RouteDefinition route) {
        return text(files(SOURCES, className(route) + ".java").get(0));
    }

    @TestFactory
    Stream<DynamicTest> the_id_of_a_route_is_the_name_of_its_class() {
        return everyRoute(route -> assertThat(files(SOURCES, className(route) + ".java")).singleElement()
            .satisfies(file -> assertThat(text(file)).contains("class " + className(route) + " extends RouteBuilder", ".routeId(\"" + route.getRouteId() + "\")")));
    }

    @Test
    void every_class_of_a_route_is_hosted() {
        var hosted = camel.getRouteDefinitions().stream().map(RouteConventionsTest::className).toList();

        assertThat(files(SOURCES, ".java").stream().filter(file -> text(file).contains(".routeId("))).extracting(file -> file.getFileName().toString().replace(".java", ""))
            .containsExactlyInAnyOrderElementsOf(hosted);
    }

    @TestFactory
    Stream<DynamicTest> a_route_has_a_test_of_its_name() {
        return everyRoute(route -> assertThat(files(TESTS, className(route) + "Test.java")).hasSize(1));
    }

    @TestFactory
    Stream<DynamicTest> a_route_is_described_by_the_first_sentence_of_its_class() {
        return everyRoute(route -> assertThat(source(route)).contains(".routeDescription(\"" + firstSentence(source(route)) + "\")"));
    }

    private static String firstSentence(String source) {
        var javadoc = source.substring(source.indexOf("/**") + 3, source.indexOf("*/")).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
        return javadoc.split("\\.( |$)")[0];
    }

    @TestFactory
    Stream<DynamicTest> a_route_receives_under_its_own_name() {
        // Camel makes the source of an HTTP route anew from the REST DSL.
        return everyRoute(route -> assertThat(route.getInput().getId()).startsWith(from(route).startsWith("rest:") ? "from" : "receive-" + route.getRouteId()));
    }

    @TestFactory
    Stream<DynamicTest> a_route_names_its_policy() {
        return everyRoute(route -> {
            if (!from(route).startsWith("gather:"))
                assertThat(source(route)).containsOnlyOnce(".routeConfigurationId(");
        });
    }

    @TestFactory
    Stream<DynamicTest> a_route_fits_on_one_screen() {
        return everyRoute(route -> {
            var lines = source(route).lines().dropWhile(line -> !line.contains("void configure()")).takeWhile(line -> !line.equals("    }"));
            assertThat(lines.skip(1).count()).isBetween(1L, 40L);
        });
    }

    @TestFactory
    Stream<DynamicTest> every_box_has_a_name_of_its_own() {
        return everyRoute(route -> assertThat(boxes(route)).isNotEmpty().allSatisfy(box -> {
            assertThat(box.hasCustomIdAssigned()).as(box.toString()).isTrue();
            assertThat(box.getId()).matches(WORDS).contains("-");
        }));
    }

    @Test
    void no_two_boxes_of_the_system_share_a_name() {
        assertThat(camel.getRouteDefinitions().stream().flatMap(route -> boxes(route).stream()).map(OptionalIdentifiedDefinition::getId)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> a_step_never_leaves_the_thread_that_received() {
        return everyRoute(route -> {
            assertThat(boxes(route)).doesNotHaveAnyElementsOfTypes(ThreadsDefinition.class, WireTapDefinition.class, ToDynamicDefinition.class, RecipientListDefinition.class,
                RoutingSlipDefinition.class, MulticastDefinition.class, ProcessDefinition.class);
            assertThat(tos(route, "seda:")).isEmpty();
            assertThat(tos(route, "direct:")).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_split_stops_at_the_first_failure_and_is_never_parallel() {
        return everyRoute(route -> assertThat(boxes(route).stream().filter(SplitDefinition.class::isInstance).map(SplitDefinition.class::cast)).allSatisfy(split -> {
            assertThat(split.getStopOnException()).isEqualTo("true");
            assertThat(split.getParallelProcessing()).isNull();
            assertThat(split.getStreaming()).isNull();
            assertThat(split.getExecutorService()).isNull();
        }));
    }

    @TestFactory
    Stream<DynamicTest> a_statement_is_a_file_of_the_name_of_its_box_that_begins_with_a_promise() {
        return everyRoute(route -> assertThat(tos(route, "statement:").toList()).allSatisfy(to -> {
            var name = to.getEndpointUri().replaceFirst("statement:", "").replaceFirst("\\?.*", "");
            assertThat(to.getId()).startsWith(name.substring(name.indexOf('/') + 1));
            assertThat(STATEMENTS.resolve(name + ".sql")).exists();
        }));
    }

    @TestFactory
    Stream<DynamicTest> every_statement_begins_with_a_promise() {
        return files(STATEMENTS, ".sql").stream().map(file -> dynamicTest(STATEMENTS.relativize(file).toString(),
            () -> assertThat(text(file).lines().findFirst()).hasValueSatisfying(promise -> assertThat(promise).matches("-- [A-Z].*\\."))));
    }

    @TestFactory
    Stream<DynamicTest> a_statement_has_the_time_from_its_schemas_clock() {
        return files(STATEMENTS, ".sql").stream().map(file -> dynamicTest(STATEMENTS.relativize(file).toString(),
            () -> assertThat(text(file).replace("clock() - now()", "clock()")).doesNotContainPattern("(?i)\\bnow\\(|current_|localtime|clock_timestamp|statement_timestamp|transaction_timestamp|uuidv7\\(\\)|'now'")));
    }

    @Test
    void every_statement_is_run_by_somebody() {
        var sources = files(SOURCES, ".java").stream().map(RouteConventionsTest::text).collect(Collectors.joining());

        assertThat(files(STATEMENTS, ".sql")).extracting(file -> STATEMENTS.relativize(file).toString().replace(".sql", "")).allMatch(sources::contains);
    }

    @TestFactory
    Stream<DynamicTest> a_kafka_route_is_a_group_of_its_own_that_also_hears_its_replay_topic() {
        return everyKafkaRoute(route -> assertThat(from(route) + "&").contains("," + Topics.replay(route.getRouteId()) + "?groupId=" + route.getRouteId() + "&"));
    }

    @TestFactory
    Stream<DynamicTest> a_kafka_route_retries_and_then_parks() {
        return everyKafkaRoute(route -> assertThat(route.getRouteConfigurationId()).isEqualTo(FailurePolicy.RETRY_THEN_PARK));
    }

    /** The relay would be silent for as long as the route retries, and lose its lock. */
    @TestFactory
    Stream<DynamicTest> a_route_of_an_outbox_retries_nothing() {
        return everyRoute(route -> {
            if (from(route).startsWith("outbox:"))
                assertThat(route.getRouteConfigurationId()).isEqualTo(FailurePolicy.LEAVE);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_kafka_route_reads_first_and_parks_and_commits_last() {
        return everyKafkaRoute(route -> {
            var beats = boxes(route);
            assertThat(beats.get(0).getId()).startsWith("read-");
            assertThat(beats.get(beats.size() - 2)).isInstanceOfSatisfying(BeanDefinition.class, parks -> {
                assertThat(parks.getId()).startsWith("park-");
                assertThat(parks.getBeanClass()).isEqualTo(Parking.class);
            });
            assertThat(beats.get(beats.size() - 1)).isInstanceOfSatisfying(BeanDefinition.class, commits -> {
                assertThat(commits.getId()).startsWith("commit-");
                assertThat(commits.getBeanClass()).isEqualTo(Commit.class);
            });
            assertThat(beats.stream().filter(BeanDefinition.class::isInstance).map(bean -> ((BeanDefinition) bean).getBeanClass()).filter(Commit.class::equals)).hasSize(1);
        });
    }

    @Test
    void every_topic_that_a_route_uses_exists_and_every_topic_that_exists_is_used() {
        var heard = kafkaRoutes().flatMap(route -> Stream.of(from(route).replaceFirst("kafka:", "").replaceFirst("\\?.*", "").split(",")));
        var said = camel.getRouteDefinitions().stream().flatMap(route -> tos(route, "kafka:")).map(to -> to.getEndpointUri().replaceFirst("kafka:", ""));
        var parked = kafkaRoutes().map(route -> Topics.parked(route.getRouteId()));

        assertThat(Topics.all()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(Stream.of(heard, said, parked).flatMap(topics -> topics).distinct().toList());
    }
}
