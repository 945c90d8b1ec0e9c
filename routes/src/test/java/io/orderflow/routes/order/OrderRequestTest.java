package io.orderflow.routes.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.door.Request;
import io.orderflow.routes.event.Contract;
import io.orderflow.routes.event.Topics;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRequestTest {
    private static final String GOOD = """
        {"customer": "Ada", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "SKU-1", "quantity": 2}]}""";

    private final Request<OrderRequest> request = new Request<>(OrderRequest.class, Validation.buildDefaultValidatorFactory().getValidator());

    private OrderRequest read(String body) throws IOException {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body.getBytes(UTF_8));
        return request.read(exchange);
    }

    private void refuses(String body, String field) {
        assertThat(catchThrowableOfType(Refusal.class, () -> read(body))).as(body).isNotNull()
            .extracting("problem.errors").asList().singleElement().extracting("field").isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "李小龙", "O'Brien; drop table orders", "Zoë ${sys.user.home}", "😀", "a"})
    void takesACustomersNameAsItIs(String customer) throws IOException {
        assertThat(read(GOOD.replace("Ada", customer)).customer()).isEqualTo(customer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "   ", "A\\r\\nda", "A\\tda", "A\\u0000da", "A\\u202Eda", "A\\uD800da"})
    void refusesACustomerThatCannotBePrinted(String customer) {
        refuses(GOOD.replace("Ada", customer), "customer");
    }

    @Test
    void refusesACustomerWithMoreThanAHundredCharacters() throws IOException {
        assertThat(read(GOOD.replace("Ada", "A".repeat(100))).customer()).hasSize(100);
        refuses(GOOD.replace("Ada", "A".repeat(101)), "customer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"EUR\" | \"eur\" | currency", "\"EUR\" | \"EURO\" | currency", "\"EUR\" | \"€\" | currency", "\"EUR\" | null | currency", "\"EUR\" | \"EUR\\n\" | currency",
        "\"pm_card_ok\" | \"\" | paymentMethod", "\"pm_card_ok\" | \"4111 1111 1111 1111\" | paymentMethod", "\"pm_card_ok\" | null | paymentMethod", "\"pm_card_ok\" | \"pm;\" | paymentMethod",
        "\"SKU-1\" | \"\" | lines[0].sku", "\"SKU-1\" | null | lines[0].sku", "\"SKU-1\" | \"SKU 1\" | lines[0].sku", "\"SKU-1\" | \"../1\" | lines[0].sku", "\"SKU-1\" | \"SKU-1\\n\" | lines[0].sku",
        "\"quantity\": 2 | \"quantity\": 0 | lines[0].quantity", "\"quantity\": 2 | \"quantity\": -1 | lines[0].quantity", "\"quantity\": 2 | \"quantity\": 1001 | lines[0].quantity",
        "\"quantity\": 2 | \"quantity\": 2147483648 | lines[0].quantity", "\"quantity\": 2 | \"quantity\": 9223372036854775808 | lines[0].quantity", "\"quantity\": 2 | \"quantity\": 1.5 | lines[0].quantity",
        "\"quantity\": 2 | \"quantity\": \"1\" | lines[0].quantity", "\"quantity\": 2 | \"quantity\": null | lines[0].quantity", "[{\"sku\": \"SKU-1\", \"quantity\": 2}] | [] | lines",
        "[{\"sku\": \"SKU-1\", \"quantity\": 2}] | null | lines", "[{\"sku\": \"SKU-1\", \"quantity\": 2}] | [null] | lines[0]",
        "{\"customer\" | {\"total\": 1, \"customer\" | total", "{\"customer\" | {\"status\": \"PAID\", \"customer\" | status", "{\"customer\" | {\"orderId\": \"1\", \"customer\" | orderId",
        "\"quantity\": 2 | \"quantity\": 2, \"price\": 1 | lines[0].price"})
    void refusesAndNames(String good, String bad, String field) {
        assertThat(GOOD).contains(good);

        refuses(GOOD.replace(good, bad), field);
    }

    @Test
    void refusesMoreThanFiftyLines() throws IOException {
        var line = "{\"sku\": \"SKU-1\", \"quantity\": 2}";

        assertThat(read(GOOD.replace(line, String.join(",", Collections.nCopies(50, line)))).lines()).hasSize(50);
        refuses(GOOD.replace(line, String.join(",", Collections.nCopies(51, line))), "lines");
    }

    @Test
    void letsInWhatTheEventOfAnOrderMayCarryAndNoMore() throws NoSuchFieldException {
        var event = Contract.of(Topics.ORDER_CREATED).schema();

        for (var field : List.of("customer", "currency", "paymentMethod"))
            assertThat(event.at("/properties/" + field + "/pattern").asText()).isEqualTo("^" + pattern(OrderRequest.class, field) + "$");
        assertThat(event.at("/properties/lines/items/properties/sku/pattern").asText()).isEqualTo("^" + pattern(OrderRequest.Line.class, "sku") + "$");
        assertThat(event.at("/properties/lines/items/properties/quantity/maximum").asLong()).isGreaterThanOrEqualTo(OrderRequest.MOST_OF_A_SKU);
    }

    private static String pattern(Class<?> type, String field) throws NoSuchFieldException {
        return type.getDeclaredField(field).getAnnotation(Pattern.class).regexp();
    }
}
