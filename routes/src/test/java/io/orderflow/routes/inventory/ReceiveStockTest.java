package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.inventory.StockExamples.receipt;
import static io.orderflow.routes.inventory.StockExamples.refused;
import static io.orderflow.routes.inventory.StockExamples.stored;
import static io.orderflow.routes.inventory.StockExamples.storedBefore;
import static io.orderflow.routes.inventory.StockExamples.undecided;
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
@SpringBootTest(classes = {Workbench.class, ReceiveStock.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ReceiveStockTest {
    private static final String REQUEST = """
        {"id": "r-1", "quantity": 5, "reason": "delivery 7"}""";

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("receive-stock");
        bench.step("move-stock-in").whenAnyExchangeReceived(answering(Move.class, move -> stored(move.wanted())));
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
        assertThat(movement(answer)).isEqualTo(receipt(5).storedAt(AT));
        assertThat(bench.bodies("move-stock-in", Move.class)).containsExactly(Move.of(receipt(5)));
    }

    @Test
    void showsWhatWasStoredBeforeToOneWhoTellsItAgain() throws IOException {
        bench.step("move-stock-in").whenAnyExchangeReceived(answering(Move.class, move -> storedBefore(move.wanted())));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(movement(answer)).isEqualTo(receipt(5).storedAt(AT));
    }

    @Test
    void refusesAnotherMovementOfTheSameId() throws IOException {
        bench.step("move-stock-in").whenAnyExchangeReceived(answering(Move.class, move -> new Move(move.wanted(), receipt(2).storedAt(AT), false, null, true)));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer)).isEqualTo(new Problem("about:blank", "Conflict", 409, "This id stands for another movement of this SKU", null, null));
    }

    @Test
    void refusesToKeepMoreThanCanBeCounted() throws IOException {
        bench.step("move-stock-in").whenAnyExchangeReceived(answering(Move.class, move -> refused(move.wanted())));

        var answer = tell(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 409), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).detail()).isEqualTo("There would be more of this SKU than can be counted");
    }

    @Test
    void takesAReceiptWithoutAReason() {
        assertThat(tell("{\"id\": \"r-1\", \"quantity\": 1000000000}").getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);

        assertThat(bench.bodies("move-stock-in", Move.class)).singleElement().satisfies(move -> assertThat(move.wanted().reason()).isNull());
    }

    @Test
    void asksAgainWhileItIsUndecided() {
        bench.step("move-stock-in").whenExchangeReceived(1, answering(Move.class, move -> undecided(move.wanted())));

        assertThat(tell(REQUEST).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);

        assertThat(bench.bodies("move-stock-in", Move.class)).containsExactly(Move.of(receipt(5)), undecided(receipt(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'quantity': 5}|id", "{'id': '', 'quantity': 5}|id", "{'id': 'r/1', 'quantity': 5}|id", "{'id': 7, 'quantity': 5}|id",
        "{'id': 'r-1'}|quantity", "{'id': 'r-1', 'quantity': 0}|quantity", "{'id': 'r-1', 'quantity': -5}|quantity", "{'id': 'r-1', 'quantity': 1000000001}|quantity",
        "{'id': 'r-1', 'quantity': 5.0}|quantity", "{'id': 'r-1', 'quantity': 5, 'reason': ''}|reason", "{'id': 'r-1', 'quantity': 5, 'reason': 'a\\u0007'}|reason",
        "{'id': 'r-1', 'quantity': 5, 'sku': 'SKU-2'}|sku", "{'id': 'r-1', 'quantity': 5, 'kind': 'SHIPMENT'}|kind"})
    void namesTheFieldThatIsNotAsItMustBe(String request, String field) throws IOException {
        var answer = tell(request.replace('\'', '"'));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly(field);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutageAndTriesNothingAgainItself() {
        bench.step("move-stock-in").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        assertThat(tell(REQUEST).getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 503), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE),
            Map.entry("Retry-After", "1"));
        assertThat(bench.journal()).containsExactly("move-stock-in");
    }
}
