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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@ImportAutoConfiguration(ValidationAutoConfiguration.class)
@SpringBootTest(classes = {Workbench.class, KeepProduct.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class KeepProductTest {
    private static final String TOLD = """
        {"name": "Teapot", "currency": "EUR", "price": 2450, "active": true}""";
    private static final Product TEAPOT = new Product("TEAPOT", "Teapot", "EUR", 2450L, true);

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("keep-product");
    }

    private Message keep(String sku, String body) {
        return bench.send(body, Map.of("sku", sku)).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"true, 201", "false, 200"})
    void keepsAProductAndTellsWhetherItIsNew(boolean isNew, int status) throws IOException {
        bench.step("keep-product-as-told").whenAnyExchangeReceived(answering(Product.class, product -> new KeptProduct(product, isNew)));

        var answer = keep("TEAPOT", TOLD);

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, status), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Product.class)).isEqualTo(TEAPOT);
        assertThat(bench.bodies("keep-product-as-told", Product.class)).containsExactly(TEAPOT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"N W | Teapot | name", "TEAPOT | 2450 | price", "TEAPOT | EUR | currency"})
    void namesTheFieldsThatAreNotAsTheyMustBe(String sku, String broken, String field) throws IOException {
        var answer = keep(sku, TOLD.replace(broken, broken.equals("2450") ? "-1" : ""));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).errors()).extracting(Problem.Fault::field).contains(field);
        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void takesTheSkuFromThePathAlone() throws IOException {
        var answer = keep("TEAPOT", TOLD.replace("{", "{\"sku\": \"OTHER\", "));

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).errors()).extracting(Problem.Fault::field).containsExactly("sku");
        assertThat(bench.journal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"name\": \"Teapot\"}"})
    void refusesWhatIsNoProduct(String body) {
        assertThat(keep("TEAPOT", body).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(bench.journal()).isEmpty();
    }
}
