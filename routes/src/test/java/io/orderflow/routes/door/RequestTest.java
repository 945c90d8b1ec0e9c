package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderflow.routes.door.Problem.Fault;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();
    private static final String GOOD = """
        {"customer": "Ada", "lines": [{"sku": "A", "quantity": 2}, {"sku": "B", "quantity": 1}]}""";

    record Asked(@NotNull String customer, @NotEmpty List<@NotNull @Valid Line> lines) {
        record Line(@NotNull String sku, @NotNull @Min(1) @Max(1000) Long quantity) {
        }
    }

    private final Request<Asked> request = new Request<>(Asked.class, VALIDATOR);

    private static Exchange exchange(byte[] body) {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private Asked read(String body) throws IOException {
        return request.read(exchange(body.getBytes(UTF_8)));
    }

    private Problem refused(String body) {
        var refusal = catchThrowableOfType(Refusal.class, () -> read(body));
        assertThat(refusal).as(body).isNotNull();
        assertThat(refusal.problem().status()).isEqualTo(400);
        return refusal.problem();
    }

    private List<String> faultyFields(String body) {
        return refused(body).errors().stream().map(Fault::field).toList();
    }

    @Test
    void readsWhatIsAsItMustBe() throws IOException {
        assertThat(read(GOOD)).isEqualTo(new Asked("Ada", List.of(new Asked.Line("A", 2L), new Asked.Line("B", 1L))));
    }

    @Test
    void namesAFieldThatIsNotKnown() {
        assertThat(faultyFields(GOOD.replace("{\"customer\"", "{\"total\": 1, \"customer\""))).containsExactly("total");
        assertThat(faultyFields(GOOD.replace("\"quantity\": 1", "\"quantity\": 1, \"unitPrice\": 1"))).containsExactly("lines[1].unitPrice");
        assertThat(faultyFields(GOOD.replace("\"customer\"", "\"Customer\""))).containsExactly("Customer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1.5", "1.0", "1e2", "\"1\"", "\"\"", "true", "{}", "[]", "[1]"})
    void namesANumberThatIsNone(String quantity) {
        assertThat(faultyFields(GOOD.replace("\"quantity\": 1", "\"quantity\": " + quantity))).containsExactly("lines[1].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "-1", "1001", "9223372036854775807"})
    void namesANumberThatIsOutOfBounds(String quantity) {
        assertThat(faultyFields(GOOD.replace("\"quantity\": 1", "\"quantity\": " + quantity))).containsExactly("lines[1].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "{}", "[]", "[\"Ada\"]"})
    void namesATextThatIsNone(String customer) {
        assertThat(faultyFields(GOOD.replace("\"Ada\"", customer))).containsExactly("customer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{} | customer,lines", "{\"customer\": null, \"lines\": null} | customer,lines", "{\"customer\": \"Ada\", \"lines\": []} | lines",
        "{\"customer\": \"Ada\", \"lines\": [null]} | lines[0]", "{\"customer\": \"Ada\", \"lines\": [{}]} | lines[0].quantity,lines[0].sku",
        "{\"customer\": \"Ada\", \"lines\": {}} | lines", "{\"customer\": \"Ada\", \"lines\": \"A\"} | lines", "{\"customer\": \"Ada\", \"lines\": [1]} | lines[0]"})
    void namesWhatIsMissing(String body, String fields) {
        assertThat(faultyFields(body)).containsExactly(fields.split(","));
    }

    @Test
    void namesAllThatIsOutOfBoundsAtOnce() {
        assertThat(faultyFields(GOOD.replace("\"quantity\": 1", "\"quantity\": 0").replace("\"quantity\": 2", "\"quantity\": 1001").replace("\"Ada\"", "null")))
            .containsExactly("customer", "lines[0].quantity", "lines[1].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "null", "0", "\"text\"", "[]", "[{}]", "{", "{\"customer\": \"Ada\"", "{customer: \"Ada\"}", "{'customer': 'Ada'}", "nonsense", "<order/>", "\uFEFF", "NaN",
        "{\"customer\": \"Ada\",}", "{\"customer\": \"A\nda\"}", "/* */ {}"})
    void refusesWhatIsNoObjectAtAll(String body) {
        refused(body);
    }

    @Test
    void refusesNoBody() {
        assertThat(catchThrowableOfType(Refusal.class, () -> request.read(exchange(null))).problem().status()).isEqualTo(400);
        assertThat(catchThrowableOfType(Refusal.class, () -> request.read(exchange(new byte[0]))).problem().status()).isEqualTo(400);
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        refused(GOOD.replace("{\"customer\"", "{\"customer\": \"Eve\", \"customer\""));
        refused(GOOD.replace("\"quantity\": 1", "\"quantity\": 1, \"quantity\": 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", " x", "]", ", {}"})
    void refusesWhatGoesOnAfterItsEnd(String more) {
        refused(GOOD + more);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        refused("[".repeat(100_000));
        refused("{\"customer\":".repeat(100_000));
        refused(GOOD.replace("\"Ada\"", "[".repeat(30) + "]".repeat(30)));
        refused(GOOD.replace("{\"customer\"", "{\"deep\": " + "[".repeat(30) + "]".repeat(30) + ", \"customer\""));
    }

    @Test
    void refusesNumbersAndTextsThatAreLongerThanAnyNeed() {
        refused(GOOD.replace("\"quantity\": 1", "\"quantity\": " + "1".repeat(100_000)));
        refused(GOOD.replace("Ada", "A".repeat(100_000)));
        refused(GOOD.replace("customer", "c".repeat(100_000)));
    }

    @Test
    void saysNothingOfItsInsidesAndRepeatsNoValue() {
        for (var body : List.of(GOOD.replace("\"quantity\": 1", "\"quantity\": \"secret\""), GOOD.replace("Ada", "A".repeat(100_000)), "{secret", GOOD + "secret"))
            assertThat(refused(body).toString()).doesNotContain("secret", "AAAA", "io.orderflow", "java.", "jackson", "Exception");
    }

    @Test
    void readsAnIdAsItIsWritten() {
        assertThat(Request.orderId("019a0000-0000-7000-8000-000000000001")).isEqualTo(UUID.fromString("019a0000-0000-7000-8000-000000000001"));
    }

    @ParameterizedTest
    @EmptySource
    @ValueSource(strings = {"1", "1-1-1-1-1", "019a0000-0000-7000-8000-00000000000g", "019a0000_0000_7000_8000_000000000001", "019a0000-0000-7000-8000-0000000000011"})
    void knowsNoOrderByWhatIsNoId(String id) {
        assertThat(catchThrowableOfType(Refusal.class, () -> Request.orderId(id))).isNotNull().extracting(refusal -> refusal.problem().status()).isEqualTo(404);
    }
}
