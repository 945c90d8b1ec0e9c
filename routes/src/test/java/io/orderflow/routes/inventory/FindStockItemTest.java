package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, FindStockItem.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindStockItemTest {
    private static final StockItem STORED = StockExamples.STOCK;

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-stock-item");
        bench.step("look-up-stock-item").whenAnyExchangeReceived(answering(String.class, key -> key.equals("SKU-1") ? STORED : null));
    }

    private Message find(Object key) {
        return bench.send("", Map.of("sku", key.toString(), "Authorization", "Basic c2VjcmV0")).getMessage();
    }

    @Test
    void showsHowMuchThereIs() throws IOException {
        var answer = find("SKU-1");

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readTree(answer.getBody(byte[].class))).isEqualTo(JSON.readTree("""
            {"sku": "SKU-1", "onHand": 10, "reserved": 7, "available": 3}"""));
    }

    @Test
    void doesNotKnowASkuThatNeverCameIn() throws IOException {
        var answer = find("SKU-2");

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "SKU-1\u0000", "../SKU-1", "'; drop table stock --"})
    void asksNobodyForWhatIsNoSku(String key) {
        assertThat(find(key).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);

        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("look-up-stock-item").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        assertThat(find("SKU-1").getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
