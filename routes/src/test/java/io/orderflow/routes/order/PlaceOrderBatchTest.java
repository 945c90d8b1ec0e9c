package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Bulk;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Who;
import io.orderflow.routes.order.OrderResults.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, PlaceOrderBatch.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PlaceOrderBatchTest {
    private static final String ORDER = """
        {"customer": "Ada", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "SKU-1", "quantity": 1}]}""";

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("place-order-batch");
        bench.step("hand-in-the-orders").whenAnyExchangeReceived(answering(List.class, orders -> ((List<?>) orders).stream()
            .map(order -> order instanceof NewOrder ? placed(1) : order).toList()));
    }

    private Exchange place(String mediaType, String body) {
        return bench.send(body, Map.of(Exchange.CONTENT_TYPE, mediaType));
    }

    private static List<Result> results(Exchange answer) throws IOException {
        assertThat(answer.getMessage().getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 200);
        return JSON.readValue(answer.getMessage().getBody(byte[].class), OrderResults.class).results();
    }

    @Test
    void placesEveryOrderOfAnArray() throws IOException {
        assertThat(results(place("application/json", "[" + ORDER + ", " + ORDER + "]"))).containsExactly(new Result(202, pending(1), null), new Result(202, pending(1), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {Bulk.LINES, Bulk.LINES + "; charset=utf-8"})
    void placesEveryOrderOfLines(String mediaType) throws IOException {
        assertThat(results(place(mediaType, ORDER + "\n\n" + ORDER + "\r\n"))).extracting(Result::status).containsExactly(202, 202);
    }

    @Test
    void handsInEachUnderTheKeyAndItsPlace() {
        bench.send("[" + ORDER + ", 7, " + ORDER + "]", Map.of(Exchange.CONTENT_TYPE, "application/json", "Idempotency-Key", "k"));

        assertThat(bench.bodies("hand-in-the-orders", List.class)).singleElement().asInstanceOf(LIST).filteredOn(NewOrder.class::isInstance)
            .extracting("key", "place").containsExactly(tuple("k", 1), tuple("k", 3));
    }

    @Test
    void refusesWhatACustomerOrdersForOthersAtItsPlaceAndNoOther() throws IOException {
        bench.visitedBy(new Who("Ada", false));
        var results = results(place("application/json", "[" + ORDER + ", " + ORDER.replace("Ada", "Grace") + ", " + ORDER.replace("\"customer\": \"Ada\", ", "") + "]"));

        assertThat(results).extracting(Result::status).containsExactly(202, 403, 202);
        assertThat(bench.bodies("hand-in-the-orders", List.class)).singleElement().asInstanceOf(LIST).filteredOn(NewOrder.class::isInstance).extracting("customer").containsExactly("Ada", "Ada");
    }

    @Test
    void refusesABadOneAtItsPlaceAndNoOther() throws IOException {
        var results = results(place("application/json", "[" + ORDER + ", {\"customer\": 7}, 3, null, " + ORDER.replace("\"quantity\": 1", "\"quantity\": 0") + ", " + ORDER + "]"));

        assertThat(results).extracting(Result::status).containsExactly(202, 400, 400, 400, 400, 202);
        assertThat(results.get(4).problem().errors()).extracting(Problem.Fault::field).containsExactly("lines[0].quantity");
    }

    @Test
    void refusesALineThatIsNoJsonAtItsPlaceAndNoOther() throws IOException {
        assertThat(results(place(Bulk.LINES, ORDER + "\n{\"customer\"\n" + ORDER))).extracting(Result::status).containsExactly(202, 400, 202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "[]", "7"})
    void refusesABodyThatIsNoArrayOfOrders(String body) {
        assertThat(place("application/json", body).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(bench.journal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", Bulk.LINES})
    void takesAThousandAndNotOneMore(String mediaType) throws IOException {
        assertThat(results(place(mediaType, many(mediaType, 1000)))).hasSize(1000);

        assertThat(place(mediaType, many(mediaType, 1001)).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(bench.journal()).hasSize(1);
    }

    private static String many(String mediaType, int count) {
        var orders = IntStream.range(0, count).mapToObj(n -> ORDER);
        return mediaType.equals(Bulk.LINES) ? orders.collect(Collectors.joining("\n")) : orders.collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void asksToTryAgainWhenNobodyTakesThemIn() {
        bench.step("hand-in-the-orders").whenAnyExchangeReceived(failing(new RejectedExecutionException("Nobody takes anything in")));

        assertThat(place("application/json", "[" + ORDER + "]").getMessage().getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
