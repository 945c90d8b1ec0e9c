package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.order.OrderExamples.declined;
import static org.assertj.core.api.Assertions.assertThat;

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
@SpringBootTest(classes = {Workbench.class, FindOrder.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindOrderTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-order");
        bench.step("look-up-order").whenAnyExchangeReceived(answering(UUID.class, id -> id.equals(id(1)) ? declined(1) : null));
    }

    private Exchange find(String id) {
        return bench.send("", Map.of("orderId", id, "Authorization", "Basic c2VjcmV0"));
    }

    @Test
    void showsAnOrderWithEverythingThatHappenedToIt() throws IOException {
        var answer = find(id(1).toString()).getMessage();

        assertThat(JSON.readValue(answer.getBody(byte[].class), Order.class)).isEqualTo(declined(1));
        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
    }

    @Test
    void showsACustomerTheirOwnAndOfOthersNotEvenThatTheyAre() throws IOException {
        bench.visitedBy(new Who(declined(1).customer(), false));
        assertThat(find(id(1).toString()).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);

        bench.visitedBy(new Who("somebody else", false));
        var others = find(id(1).toString()).getMessage();
        var nobodys = find(id(2).toString()).getMessage();
        assertThat(others.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE)).isEqualTo(nobodys.getHeaders());
        assertThat(others.getBody(byte[].class)).isEqualTo(nobodys.getBody(byte[].class));
    }

    @Test
    void doesNotKnowAnOrderThatNobodyPlaced() throws IOException {
        var answer = find(id(2).toString()).getMessage();

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "null", "1-1-1-1-1", "019a0000-0000-7000-8000-00000000000g", "'; drop table orders --", "../../../../../../../../../etc/passwd01"})
    void asksNobodyForWhatIsNoId(String id) {
        assertThat(find(id).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);

        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() throws IOException {
        bench.step("look-up-order").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        var answer = find(id(1).toString()).getMessage();

        assertThat(answer.getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class)).isEqualTo(
            new Problem("about:blank", "Service Unavailable", 503, "Not available for the moment; please try again", null, null));
        assertThat(bench.bodies("look-up-order", UUID.class)).isEqualTo(List.of(id(1)));
    }
}
