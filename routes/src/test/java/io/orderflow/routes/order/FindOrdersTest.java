package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderStatus.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Who;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, FindOrders.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindOrdersTest {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-orders");
        bench.step("find-orders-asked-for").whenAnyExchangeReceived(answering(OrderQuery.Ids.class, ids -> new OrderPage(List.of(pending(1)), null)));
    }

    private Message find(String query) {
        return bench.send("", Map.of(Exchange.HTTP_URI, "/orders", Exchange.HTTP_QUERY, query)).getMessage();
    }

    private OrderQuery.Ids asked() {
        return bench.bodies("find-orders-asked-for", OrderQuery.Ids.class).get(0);
    }

    @Test
    void showsTheNewestFiftyWhereNothingIsSaid() throws IOException {
        var answer = find("");

        assertThat(asked()).isEqualTo(new OrderQuery.Ids(null, null, null, FIRST, LAST, LAST, 50));
        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readValue(answer.getBody(byte[].class), OrderPage.class)).isEqualTo(new OrderPage(List.of(pending(1)), null));
        assertThat(answer.getBody(String.class)).doesNotContain("next");
    }

    @Test
    void showsACustomerTheirOwnAlone() {
        bench.visitedBy(new Who("Ada", false));
        find("");
        find("customer=Ada&limit=7");

        assertThat(bench.bodies("find-orders-asked-for", OrderQuery.Ids.class)).extracting(OrderQuery.Ids::customer, OrderQuery.Ids::limit).containsExactly(tuple("Ada", 50), tuple("Ada", 7));
    }

    @Test
    void refusesACustomerWhoAsksForThoseOfAnother() {
        bench.visitedBy(new Who("Ada", false));

        assertThat(find("customer=Grace").getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 403), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksForWhatIsSaid() {
        find("customer=Ada+Lovelace&status=PAID&reason=OUT_OF_STOCK&limit=7&after=" + id(3));

        assertThat(asked()).isEqualTo(new OrderQuery.Ids("Ada Lovelace", PAID, "OUT_OF_STOCK", FIRST, LAST, id(3), 7));
    }

    /** 2026-01-01T00:00:00Z is 0x019b76daa800 milliseconds; a part of a millisecond counts as the next one, for ids know no parts. */
    @ParameterizedTest
    @CsvSource({"2026-01-01T00:00:00Z, 019b76da-a800-0000-0000-000000000000", "2026-01-01T01:00:00%2B01:00, 019b76da-a800-0000-0000-000000000000",
        "2026-01-01T00:00:00.000000001Z, 019b76da-a801-0000-0000-000000000000", "1969-12-31T23:59:59Z, 00000000-0000-0000-0000-000000000000",
        "-1000000000-01-01T00:00:00Z, 00000000-0000-0000-0000-000000000000", "%2B1000000000-12-31T23:59:59Z, ffffffff-ffff-0000-0000-000000000000"})
    void turnsATimeIntoTheFirstIdOfItsMillisecond(String time, UUID id) {
        find("from=" + time + "&to=" + time);

        assertThat(asked()).extracting(OrderQuery.Ids::from, OrderQuery.Ids::to).containsExactly(id, id);
    }

    @Test
    void linksToTheNextPageOfTheSameQuery() throws IOException {
        bench.step("find-orders-asked-for").whenAnyExchangeReceived(answering(OrderQuery.Ids.class, ids -> new OrderPage(List.of(pending(1)), id(1).toString())));

        assertThat(JSON.readValue(find("customer=Ada+Lovelace&limit=1").getBody(byte[].class), OrderPage.class).next()).isEqualTo("/orders?customer=Ada+Lovelace&limit=1&after=" + id(1));
        assertThat(JSON.readValue(find("after=" + id(2) + "&limit=1").getBody(byte[].class), OrderPage.class).next()).isEqualTo("/orders?limit=1&after=" + id(1));
        assertThat(JSON.readValue(find("").getBody(byte[].class), OrderPage.class).next()).isEqualTo("/orders?after=" + id(1));
    }

    @ParameterizedTest
    @CsvSource({"status=PAYED, status", "limit=0, limit", "limit=501, limit", "limit=ten, limit", "limit=9999999999, limit", "after=1, after", "from=yesterday, from", "to=2026-01-01, to",
        "reason=out%20of%20stock, reason", "customer=%00, customer", "customer=, customer", "sort=total, sort", "limit=1&limit=2, limit", "status=0, status", "ids=1, ids"})
    void namesAParameterThatIsNotAsItMustBe(String query, String parameter) throws IOException {
        var answer = find(query);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 400), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).errors()).extracting(Problem.Fault::field).containsExactly(parameter);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void refusesAQueryThatIsNotEncoded() {
        assertThat(find("customer=%zz").getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("find-orders-asked-for").whenAnyExchangeReceived(failing(new SQLException("the database system is shutting down", "57P01")));

        assertThat(find("").getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
