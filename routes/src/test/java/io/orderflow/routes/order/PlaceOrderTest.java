package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.placed;
import static io.orderflow.routes.order.OrderExamples.refused;
import static io.orderflow.routes.order.OrderExamples.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import io.orderflow.routes.door.Who;
import io.orderflow.routes.order.Placement.KeyUse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, PlaceOrder.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PlaceOrderTest {
    private static final String REQUEST = """
        {"customer": "Ada", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "SKU-1", "quantity": 1}, {"sku": "SKU-2", "quantity": 2}, {"sku": "SKU-1", "quantity": 3}]}""";

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("place-order");
        bench.step("hand-in-the-order").whenAnyExchangeReceived(answering(NewOrder.class, order -> placed(1)));
    }

    private Message place(String request) {
        return bench.send(request, Map.of("Authorization", "Basic c2VjcmV0", "X-Probe", "1")).getMessage();
    }

    private static Problem problem(Message answer) throws IOException {
        return JSON.readValue(answer.getBody(byte[].class), Problem.class);
    }

    @Test
    void takesAnOrderInAndTellsWhereItCanBeSeen() throws IOException {
        var answer = place(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 202), Map.entry(Exchange.CONTENT_TYPE, "application/json"),
            Map.entry("Location", "/orders/" + id(1)));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Order.class)).isEqualTo(pending(1));
    }

    @Test
    void handsInEachSkuOnOneLine() {
        place(REQUEST);

        assertThat(bench.bodies("hand-in-the-order", NewOrder.class)).singleElement().extracting(NewOrder::lines).asInstanceOf(LIST)
            .containsExactly(new NewOrder.Line("SKU-1", 4), new NewOrder.Line("SKU-2", 2));
    }

    @Test
    void isTheOrderOfWhoeverAsksWhereNobodyIsNamed() {
        bench.visitedBy(new Who("Grace", false));
        place(REQUEST.replace("\"customer\": \"Ada\", ", ""));
        bench.visitedBy(new Who("Grace", true));
        place(REQUEST.replace("\"customer\": \"Ada\", ", ""));

        assertThat(bench.bodies("hand-in-the-order", NewOrder.class)).extracting(NewOrder::customer).containsExactly("Grace", "Grace");
    }

    @Test
    void takesACustomersOrderForNobodyElse() throws IOException {
        bench.visitedBy(new Who("Grace", false));
        var answer = place(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 403), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(bench.journal()).isEmpty();
        bench.visitedBy(new Who("Ada", false));
        place(REQUEST);
        bench.visitedBy(new Who("clerk", true));
        place(REQUEST);
        assertThat(bench.bodies("hand-in-the-order", NewOrder.class)).extracting(NewOrder::customer).containsExactly("Ada", "Ada");
    }

    @Test
    void takesNoOrderOfWhomNobodyKnows() {
        bench.visitedBy(null);

        assertThat(place(REQUEST).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(500);
        assertThat(bench.send(REQUEST, Map.of("who", "clerk")).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(500);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void refusesAnOrderForWhatIsNotSold() throws IOException {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(answering(NewOrder.class, order -> refused(List.of("SKU-2"), List.of("SKU-1"), true)));

        var answer = place(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 422), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).errors()).containsExactly(new Fault("lines.sku", "SKU-2 is not sold here"), new Fault("lines.sku", "SKU-1 is not sold in this currency"),
            new Fault("lines", "the total is more than one order may come to"));
    }

    @Test
    void handsInTheOrderUnderItsKey() {
        bench.send(REQUEST, Map.of("Idempotency-Key", "\"8e03 978e\""));
        bench.send(REQUEST, Map.of("Idempotency-Key", "8e03978e-40d5"));
        place(REQUEST);

        assertThat(bench.bodies("hand-in-the-order", NewOrder.class)).extracting(NewOrder::key, NewOrder::place)
            .containsExactly(tuple("8e03 978e", 0), tuple("8e03978e-40d5", 0), tuple(null, null));
    }

    @Test
    void tellsThatAnAnswerWasGivenBefore() throws IOException {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(answering(NewOrder.class, order -> used(KeyUse.REPLAYED, placed(1))));

        var answer = bench.send(REQUEST, Map.of("Idempotency-Key", "k")).getMessage();

        assertThat(answer.getHeaders()).containsEntry("Idempotency-Replayed", "true").containsEntry(Exchange.HTTP_RESPONSE_CODE, 202);
        assertThat(JSON.readValue(answer.getBody(byte[].class), Order.class)).isEqualTo(pending(1));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() throws IOException {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(answering(NewOrder.class, order -> new Placement(null, null, KeyUse.OTHER_REQUEST)));

        var answer = bench.send(REQUEST, Map.of("Idempotency-Key", "k")).getMessage();

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 422), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer).errors()).containsExactly(new Fault("Idempotency-Key", "is good for one request only"));
    }

    @Test
    void asksToComeAgainWhileTheKeyIsInUse() {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(answering(NewOrder.class, order -> new Placement(null, null, KeyUse.IN_FLIGHT)));

        var answer = bench.send(REQUEST, Map.of("Idempotency-Key", "k")).getMessage();

        assertThat(answer.getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 409).containsEntry("Retry-After", "1");
    }

    @Test
    void aKeyThatCannotBeReadIsNamedAndNothingIsHandedIn() throws IOException {
        var answer = bench.send(REQUEST, Map.of("Idempotency-Key", "\"open")).getMessage();

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly("Idempotency-Key");
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void namesTheFieldsThatAreNotAsTheyMustBe() throws IOException {
        var answer = place(REQUEST.replace("EUR", "euro").replace("\"quantity\": 2", "\"quantity\": 0"));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly("currency", "lines[1].quantity");
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void takesNoPriceFromACustomer() throws IOException {
        var answer = place(REQUEST.replace("\"quantity\": 2", "\"quantity\": 2, \"unitPrice\": 1"));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly("lines[1].unitPrice");
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void mergesEqualSkusBeforeItChecksThem() throws IOException {
        var answer = place(REQUEST.replace("\"quantity\": 1", "\"quantity\": 999"));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(problem(answer).errors()).extracting(Fault::field).containsExactly("lines[2].quantity");
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutageAndTriesNothingAgainItself() throws IOException {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(failing(new SQLException("the database system is starting up", "57P03")));

        var answer = place(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 503), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE), Map.entry("Retry-After", "1"));
        assertThat(bench.journal()).containsExactly("hand-in-the-order");
    }

    @Test
    void asksToTryAgainWhenTooManyWait() {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(failing(new RejectedExecutionException("Too many are waiting")));

        assertThat(place(REQUEST).getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }

    @Test
    void saysNothingAboutItsInsidesWhenABugShows() throws IOException {
        bench.step("hand-in-the-order").whenAnyExchangeReceived(failing(new ClassCastException("class java.lang.String cannot be cast to class io.orderflow.Secret")));

        var answer = place(REQUEST);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 500), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(problem(answer)).isEqualTo(new Problem("about:blank", "Internal Server Error", 500, "Something went wrong on our side", null, null));
    }
}
