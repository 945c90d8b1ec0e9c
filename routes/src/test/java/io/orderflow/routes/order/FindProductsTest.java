package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.batch.Json.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import java.io.IOException;
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
@SpringBootTest(classes = {Workbench.class, FindProducts.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindProductsTest {
    private static final ProductPage PAGE = new ProductPage(List.of(new Product("TEAPOT", "Teapot", "EUR", 2450L, true)), "TEAPOT");

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-products");
        bench.step("find-products-asked-for").whenAnyExchangeReceived(answering(ProductQuery.class, query -> PAGE));
    }

    private Message find(String query) {
        return bench.send("", Map.of(Exchange.HTTP_URI, "/products", Exchange.HTTP_QUERY, query)).getMessage();
    }

    @Test
    void showsAPageAndLinksToTheNext() throws IOException {
        var answer = find("active=true&limit=1&after=KETTLE");

        assertThat(bench.bodies("find-products-asked-for", ProductQuery.class)).containsExactly(new ProductQuery(true, 1, "KETTLE"));
        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readValue(answer.getBody(byte[].class), ProductPage.class)).isEqualTo(PAGE.next("/products?active=true&limit=1&after=TEAPOT"));
    }

    @Test
    void showsFiftyWhereNothingIsSaid() {
        find("");

        assertThat(bench.bodies("find-products-asked-for", ProductQuery.class)).containsExactly(new ProductQuery(null, 50, null));
    }

    @ParameterizedTest
    @CsvSource({"active=yes, active", "limit=0, limit", "limit=501, limit", "after=a%20b, after", "sku=A, sku"})
    void namesAParameterThatIsNotAsItMustBe(String query, String parameter) throws IOException {
        var answer = find(query);

        assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).errors()).extracting(Problem.Fault::field).containsExactly(parameter);
        assertThat(bench.journal()).isEmpty();
    }
}
