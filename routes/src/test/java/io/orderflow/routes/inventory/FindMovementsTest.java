package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.inventory.StockExamples.adjustment;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Problem.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
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
@SpringBootTest(classes = {Workbench.class, FindMovements.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindMovementsTest {
    private static final Movement ITEM = adjustment(-3).storedAt(AT);

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-movements");
        bench.step("find-movements-asked-for").whenAnyExchangeReceived(answering(MovementQuery.class, query -> new MovementPage(List.of(ITEM), null)));
    }

    private Message find(String query) {
        return bench.send("", Map.of("sku", "SKU-1", Exchange.HTTP_URI, "/stock/SKU-1/movements", Exchange.HTTP_QUERY, query, "Authorization", "Basic c2VjcmV0")).getMessage();
    }

    @Test
    void showsAPage() throws IOException {
        var answer = find("");

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readValue(answer.getBody(byte[].class), MovementPage.class)).isEqualTo(new MovementPage(List.of(ITEM), null));
        assertThat(bench.bodies("find-movements-asked-for", MovementQuery.class)).containsExactly(new MovementQuery("SKU-1", 50, null));
    }

    @Test
    void tellsWhereItGoesOn() throws IOException {
        bench.step("find-movements-asked-for").whenAnyExchangeReceived(answering(MovementQuery.class, query -> new MovementPage(List.of(ITEM), "9")));

        assertThat(JSON.readValue(find("limit=1&after=7").getBody(byte[].class), MovementPage.class).next()).isEqualTo("/stock/SKU-1/movements?limit=1&after=9");
        assertThat(bench.bodies("find-movements-asked-for", MovementQuery.class)).containsExactly(new MovementQuery("SKU-1", 1, 7L));
    }

    @Test
    void doesNotKnowASkuThatNeverCameIn() {
        bench.step("find-movements-asked-for").whenAnyExchangeReceived(answering(MovementQuery.class, query -> null));

        assertThat(find("").getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=501,limit", "after=0,after", "after=x,after", "after=99999999999999999999,after", "sku=SKU-2,sku", "kind=RECEIPT,kind"})
    void namesTheParameterThatIsNotAsItMustBe(String query, String parameter) throws IOException {
        var answer = find(query);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 400), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).errors()).extracting(Fault::field).containsExactly(parameter);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("find-movements-asked-for").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        assertThat(find("").getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
