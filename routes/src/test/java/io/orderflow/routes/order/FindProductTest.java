package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.batch.Json.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import java.io.IOException;
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
@SpringBootTest(classes = {Workbench.class, FindProduct.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindProductTest {
    private static final Product TEAPOT = new Product("TEAPOT", "Teapot", "EUR", 2450L, true);

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-product");
        bench.step("look-up-product").whenAnyExchangeReceived(answering(String.class, sku -> sku.equals("TEAPOT") ? TEAPOT : null));
    }

    private Message find(String sku) {
        return bench.send("", Map.of("sku", sku)).getMessage();
    }

    @Test
    void showsAProduct() throws IOException {
        var answer = find("TEAPOT");

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Product.class)).isEqualTo(TEAPOT);
    }

    @Test
    void doesNotKnowWhatIsNotSold() throws IOException {
        assertThat(JSON.readValue(find("KETTLE").getBody(byte[].class), Problem.class).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TEA POT", "TEA/POT", "'; drop table product --", "TEAPOT\u0000"})
    void asksNobodyForWhatIsNoSku(String sku) {
        assertThat(find(sku).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
        assertThat(bench.journal()).isEmpty();
    }
}
