package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.batch.TestRecords;
import io.orderflow.routes.door.OpenDoor.Seen;
import io.orderflow.routes.door.OpenDoor.Visitor;
import io.orderflow.routes.event.Examples;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@OpenDoor
class ClosedHeadersTest {
    private static final String EVIL = "evil-value";
    /** The server takes no more than a hundred headers. */
    private static final int AT_ONCE = 50;

    @Autowired
    BlockingQueue<Seen> seen;

    @Autowired
    Visitor visitor;

    @Autowired
    CamelContext camel;

    /** Names that Camel or a component would act on, in the cases that once got by. */
    static Stream<String> evilNames() {
        return Stream.of("kafka.OVERRIDE_TOPIC", "kafka.OVERRIDE_TIMESTAMP", "kafka.PARTITION_KEY", "kafka.KEY", "CamelKafkaOverrideTopic", "CamelKafkaManualCommit", "CamelSqlQuery",
                "CamelSqlParameters", "CamelSqlStoredTemplate", "CamelJdbcParameters", "CamelJdbcUpdateCount", "CamelRetrieveGeneratedKeys", "CamelKafkaOverrideTimestamp", "CamelKafkaTopic", "CamelKafkaKey", "CamelKafkaPartitionKey", "kafka.TOPIC", "CamelHttpQuery", "CamelHttpServletRequest", "CamelHttpRawQuery", "CamelHttpUri", "CamelHttpPath", "CamelHttpMethod", "CamelHttpResponseCode", "CamelBeanMethodName", "CamelFileName",
                "CamelExecCommandExecutable", "CamelJacksonUnmarshalType", "CamelToEndpoint", "CamelSplitIndex", "org.apache.camel.Anything", "breadcrumbId", "body", "Location", "X-Anything", "who")
            .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT), mixed(name))).distinct();
    }

    private static String mixed(String name) {
        var mixed = new StringBuilder();
        for (var n = 0; n < name.length(); n++)
            mixed.append(n % 2 == 0 ? Character.toLowerCase(name.charAt(n)) : Character.toUpperCase(name.charAt(n)));
        return mixed.toString();
    }

    @BeforeEach
    void forget() {
        seen.clear();
    }

    @ParameterizedTest
    @MethodSource("evilNames")
    void neitherDoorLetsItIn(String name) {
        assertThat(new ClosedHeaders.Http().applyFilterToExternalHeaders(name, EVIL, null)).isTrue();
        assertThat(new ClosedHeaders.Kafka().applyFilterToExternalHeaders(name, EVIL, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "Content-Type", "CONTENT-TYPE", "accept", "Accept"})
    void theHttpDoorLetsInWhatDescribesTheBody(String name) {
        assertThat(new ClosedHeaders.Http().applyFilterToExternalHeaders(name, "application/json", null)).isFalse();
        assertThat(new ClosedHeaders.Kafka().applyFilterToExternalHeaders(name, "application/json", null)).isTrue();
    }

    @Test
    void theKafkaDoorLetsOutOurOwnHeadersAndNothingOfCamels() {
        var door = new ClosedHeaders.Kafka();

        new TestRecords(camel).letter(Examples.captured(1)).getHeaders().forEach((name, value) ->
            assertThat(door.applyFilterToCamelHeaders(name, value, null)).as(name).isEqualTo(name.startsWith("kafka.")));
        assertThat(Stream.of("parked-topic", "parked-partition", "parked-offset", "parked-error", "parked-message")).noneMatch(name -> door.applyFilterToCamelHeaders(name, "value", null));
        assertThat(Stream.of("CamelKafkaManualCommit", "CamelHttpUri", "kafka.OVERRIDE_TOPIC")).allMatch(name -> door.applyFilterToCamelHeaders(name, "value", null));
    }

    @Test
    void theHttpDoorIsTheOneThatIsUsed() {
        assertThat(camel.getComponent("platform-http", PlatformHttpComponent.class).getHeaderFilterStrategy()).isInstanceOf(ClosedHeaders.Http.class);
    }

    @Test
    void noHeaderOfARequestReachesARoute() throws Exception {
        var names = evilNames().toList();
        for (var n = 0; n < names.size(); n += AT_ONCE) {
            var request = visitor.request("/probe/1").header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
            names.subList(n, Math.min(n + AT_ONCE, names.size())).forEach(name -> request.header(name, EVIL));

            var answer = Visitor.HTTP.send(request.build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(seen.take().headers()).containsEntry("id", "1").doesNotContainValue(EVIL);
            assertThat(answer.headers().map().toString()).doesNotContain(EVIL);
        }
    }

    @Test
    void noQueryParameterOfARequestReachesARoute() throws Exception {
        var query = String.join("&", Stream.concat(evilNames(), Stream.of("id")).map(name -> URLEncoder.encode(name, UTF_8) + "=" + EVIL).toList());

        var answer = Visitor.HTTP.send(visitor.request("/probe/1?" + query).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen.take().headers()).containsEntry("id", "1").doesNotContainValue(EVIL);
    }

    @Test
    void noFormParameterOfARequestReachesARoute() throws Exception {
        var form = String.join("&", Stream.concat(evilNames(), Stream.of("id")).map(name -> URLEncoder.encode(name, UTF_8) + "=" + EVIL).toList());

        var answer = Visitor.HTTP.send(visitor.request("/probe/1").header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen.take().headers()).containsEntry("id", "1").doesNotContainValue(EVIL);
    }
}
