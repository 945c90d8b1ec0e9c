package io.orderflow.routes.parking;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.parking.ParkedExamples.AT;
import static io.orderflow.routes.parking.ParkedExamples.problem;
import static io.orderflow.routes.parking.ParkedExamples.read;
import static io.orderflow.routes.parking.ParkedExamples.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, FindParkedRecord.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindParkedRecordTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-parked-record");
    }

    private Message find(String id) {
        return bench.send("", Map.of("id", id)).getMessage();
    }

    private void isThere(byte[] payload) {
        bench.step("look-up-parked-record").whenAnyExchangeReceived(answering(UUID.class, id -> stored(1, payload)));
    }

    @Test
    void showsTheBytesAsTextWhereTheyAreText() throws IOException {
        isThere("naïve".getBytes(UTF_8));

        var answer = find(id(1).toString());

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        var record = read(answer, ParkedRecord.class);
        assertThat(record.payload()).isEqualTo(new Bytes("bmHDr3Zl", "naïve"));
        assertThat(record.key()).isEqualTo(new Bytes("aw==", "k"));
        assertThat(record.trail()).containsExactly(new ParkedRecord.Step("COLLECTED", null, null, AT));
        assertThat(bench.bodies("look-up-parked-record", UUID.class)).containsExactly(id(1));
    }

    @Test
    void showsBytesThatAreNoTextAsTheyAreAndNothingWhereThereAreNone() throws IOException {
        isThere(new byte[] {-1});
        assertThat(read(find(id(1).toString()), ParkedRecord.class)).extracting(ParkedRecord::payload, ParkedRecord::headers)
            .containsExactly(new Bytes("/w==", null), List.of(new ParkedRecord.Header("odd", new Bytes("/w==", null))));

        isThere(null);
        assertThat(find(id(1).toString()).getBody(String.class)).doesNotContain("payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "1", "no such", "replay"})
    void knowsNoOther(String id) throws IOException {
        bench.step("look-up-parked-record").whenAnyExchangeReceived(answering(UUID.class, asked -> null));

        var answer = find(id);

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
        assertThat(problem(answer).detail()).isEqualTo("There is no parked record with this id");
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("look-up-parked-record").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(find(id(1).toString()).getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
