package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.inventory.StockExamples.adjustment;
import static io.orderflow.routes.inventory.StockExamples.refused;
import static io.orderflow.routes.inventory.StockExamples.stored;
import static io.orderflow.routes.inventory.StockExamples.storedBefore;
import static io.orderflow.routes.inventory.StockExamples.undecided;
import static io.orderflow.routes.inventory.StockExamples.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, AdjustStock.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class AdjustStockTest {
    private static final String REQUEST = """
        {"id": "a-1", "delta": -3, "reason": "broken"}""";

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("adjust-stock");
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(answering(Move.class, move -> stored(move.wanted())));
    }

    private Message tell(String request) {
        return bench.send(request, Map.of("sku", "SKU-1", "Authorization", "Basic c2VjcmV0")).getMessage();
    }

    private static Movement movement(Message answer) throws IOException {
        return JSON.readValue(answer.getBody(byte[].class), Movement.class);
    }

    private static Problem problem(Message answer) throws IOException {
        return JSON.readValue(answer.getBody(byte[].class), Problem.class);
    }

    @Test
    void showsTheMovementAsItIsStored() throws IOException {
        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 201), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(movement(answer)).isEqualTo(adjustment(-3).storedAt(AT));
        assertThat(bench.bodies("move-stock-as-adjusted", Move.class)).containsExactly(Move.of(adjustment(-3)));
    }

    @Test
    void showsWhatWasStoredBeforeToOneWhoTellsItAgain() throws IOException {
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(answering(Move.class, move -> storedBefore(move.wanted())));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(movement(answer)).isEqualTo(adjustment(-3).storedAt(AT));
    }

    @Test
    void refusesAnotherMovementOfTheSameId() throws IOException {
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(answering(Move.class, move -> new Move(move.wanted(), adjustment(2).storedAt(AT), false, null, true)));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer)).isEqualTo(new Problem("about:blank", "Conflict", 409, "This id stands for another movement of this SKU", null, null));
    }

    @Test
    void refusesToTakeWhatIsNotAvailable() throws IOException {
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(answering(Move.class, move -> refused(adjustment(-4))));

        var answer = tell(REQUEST.replace("-3", "-4"));

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).detail()).isEqualTo("Only 3 are available");
    }

    @Test
    void doesNotKnowASkuThatNeverCameIn() throws IOException {
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(answering(Move.class, move -> unknown(move.wanted())));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).status()).isEqualTo(404);
    }

    @Test
    void asksAgainWhileItIsUndecided() {
        bench.step("move-stock-as-adjusted").whenExchangeReceived(1, answering(Move.class, move -> undecided(move.wanted())));

        assertThat(tell(REQUEST).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);

        assertThat(bench.bodies("move-stock-as-adjusted", Move.class)).containsExactly(Move.of(adjustment(-3)), undecided(adjustment(-3)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'delta': -3, 'reason': 'broken'}|id", "{'id': '', 'delta': -3, 'reason': 'broken'}|id", "{'id': 'a 1', 'delta': -3, 'reason': 'broken'}|id",
        "{'id': 'a-1', 'reason': 'broken'}|delta", "{'id': 'a-1', 'delta': 0, 'reason': 'broken'}|delta", "{'id': 'a-1', 'delta': 1000000001, 'reason': 'broken'}|delta",
        "{'id': 'a-1', 'delta': -1000000001, 'reason': 'broken'}|delta", "{'id': 'a-1', 'delta': -1.5, 'reason': 'broken'}|delta",
        "{'id': 'a-1', 'delta': '-3', 'reason': 'broken'}|delta",
        "{'id': 'a-1', 'delta': -3}|reason", "{'id': 'a-1', 'delta': -3, 'reason': ' '}|reason", "{'id': 'a-1', 'delta': -3, 'reason': 'broken', 'sku': 'SKU-2'}|sku",
        "{'id': 'a-1', 'delta': -3, 'reason': 'broken', 'at': '2026-11-01T09:30:00Z'}|at"})
    void namesTheFieldThatIsNotAsItMustBe(String request, String field) throws IOException {
        var answer = tell(request.replace('\'', '"'));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly(field);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutageAndTriesNothingAgainItself() {
        bench.step("move-stock-as-adjusted").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        assertThat(tell(REQUEST).getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 503), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE),
            Map.entry("Retry-After", "1"));
        assertThat(bench.journal()).containsExactly("move-stock-as-adjusted");
    }
}
