package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.parking.ParkedExamples.AT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, CollectParked.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class CollectParkedTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("collect-parked");
        bench.step("keep-parked-records").whenAnyExchangeReceived(answering(List.class, List::size));
    }

    private Exchange parked(byte[] key, byte[] payload, Header... headers) {
        var record = bench.records().record("take-payment.parked", 3, key, payload);
        record.getMessage().setHeader(KafkaConstants.TIMESTAMP, AT.toEpochMilli());
        record.getMessage().setHeader(KafkaConstants.HEADERS, new RecordHeaders(headers));
        return record;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    @SuppressWarnings("unchecked")
    private List<Find> kept() {
        return (List<Find>) bench.bodies("keep-parked-records", List.class).stream().flatMap(List::stream).toList();
    }

    @Test
    void keepsEveryByteAndWhereItCameFromAndWhyAndThenCommits() {
        byte[] key = {0, 1};
        byte[] payload = {'{', 0, -1};

        assertThat(failure(bench.send(List.of(parked(key, payload, header("parked-topic", "inventory.reserved.v1"), header("parked-partition", "3"), header("parked-offset", "17"),
            header("parked-error", "java.lang.X"), header("parked-message", "why"), new RecordHeader("odd", new byte[] {-1})))))).isNull();

        assertThat(kept()).singleElement().satisfies(find -> {
            assertThat(find.key()).isEqualTo(key);
            assertThat(find.payload()).isEqualTo(payload);
            assertThat(find.headers()).extracting(Find.Header::name).containsExactly("parked-topic", "parked-partition", "parked-offset", "parked-error", "parked-message", "odd");
            assertThat(find.headers().get(5).value()).containsExactly(-1);
            assertThat(find).extracting(Find::route, Find::topic, Find::place, Find::record, Find::parkedAt, Find::cause, Find::message, Find::origin)
                .containsExactly("take-payment", "take-payment.parked", 3, 0L, AT, "java.lang.X", "why", new Origin("inventory.reserved.v1", "3", "17"));
        });
        assertThat(bench.journal()).containsExactly("keep-parked-records", "commit");
        assertThat(bench.records().commits()).containsExactly(Map.of(new TopicPartition("take-payment.parked", 3), 1L));
    }

    @Test
    void keepsARecordThatSaysNothingOfItself() {
        assertThat(failure(bench.send(List.of(parked(null, null))))).isNull();

        assertThat(kept()).singleElement().satisfies(find -> {
            assertThat(find.payload()).isNull();
            assertThat(find.key()).isNull();
            assertThat(find.cause()).isNull();
            assertThat(find.origin()).isEqualTo(new Origin(null, null, null));
        });
    }

    @Test
    void aHeaderWithANulHoldsUpNobody() {
        bench.send(List.of(parked(null, null, header("a\0b", "x"), header("parked-message", "Illegal \0"), new RecordHeader("parked-error", null))));

        assertThat(kept()).singleElement().satisfies(find -> {
            assertThat(find.headers().get(0).name()).isEqualTo("a\uFFFDb");
            assertThat(find.message()).isEqualTo("Illegal \uFFFD");
            assertThat(find.cause()).isNull();
        });
    }

    @Test
    void commitsNothingInAnOutage() {
        bench.step("keep-parked-records").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(failure(bench.send(List.of(parked(null, new byte[] {1}))))).isNotNull();

        assertThat(bench.journal()).doesNotContain("park", "commit");
    }

    /** What comes to nobody cannot go round in circles. */
    @Test
    void whatCannotBeKeptIsParkedWhereItDoesNotListenItself() {
        bench.step("keep-parked-records").whenAnyExchangeReceived(failing(new SQLException("value out of range", "22003")));

        assertThat(failure(bench.send(List.of(parked(null, new byte[] {1}))))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(letter -> assertThat(letter.getBody(byte[].class)).containsExactly(1));
        assertThat(bench.journal()).endsWith("park", "commit");
        assertThat(heard()).contains("take-payment.parked", "reject-order.parked").doesNotContain("collect-parked.parked");
    }

    private static List<String> heard() {
        var routes = new CollectParked();
        routes.configure();
        var uri = routes.getRouteCollection().getRoutes().get(0).getInput().getEndpointUri();
        return List.of(uri.replace("kafka:", "").replaceFirst("[?].*", "").split(","));
    }
}
