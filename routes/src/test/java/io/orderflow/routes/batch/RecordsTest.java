package io.orderflow.routes.batch;

import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.orderCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.PaymentGenerated;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    private static final String PLACED = """
        {"orderId": "019a0000-0000-7000-8000-000000000001", "version": 1, "occurredAt": "2026-11-01T09:30:00.123456Z", "customer": "Ada", "currency": "EUR", \
        "total": 1998, "paymentMethod": "pm_card_ok", "lines": [{"sku": "SKU-1", "quantity": 2, "unitPrice": 999}]}""";
    private static final String PAID = """
        {"orderId": "019a0000-0000-7000-8000-000000000001", "version": 1, "occurredAt": "2026-11-01T09:30:00.123456Z", "outcome": "CAPTURED", "currency": "EUR", \
        "amount": 1998, "reason": null}""";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final TestRecords records = new TestRecords(camel);

    private Exchange batch(Object... values) {
        var batch = new DefaultExchange(camel);
        batch.getMessage().setBody(records.batch("given", values));
        return batch;
    }

    private void staysBehind(Class<? extends Event> type, Event good, Object bad) {
        var batch = batch(good, bad, good);

        assertThat(new Records<>(type).read(batch)).isEqualTo(List.of(good, good));
        assertThat(Batch.unreadable(batch).keySet()).containsExactly(Batch.received(batch).get(1));
    }

    @Test
    void readsWhatIsWrittenAsItShouldBe() {
        var batch = batch(PLACED, orderCreated(2));

        assertThat(new Records<>(OrderCreated.class).read(batch)).containsExactly(orderCreated(1), orderCreated(2));
        assertThat(Batch.unreadable(batch)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"eventId\": \"x\", ", "\"giftWrap\": true, ", "\"giftWrap\": {\"paper\": [1, 2, {\"colour\": null}]}, ", "\"VERSION\": 9, "})
    void ignoresFieldsThatItDoesNotKnow(String field) {
        assertThat(new Records<>(OrderCreated.class).read(batch(PLACED.replace("{\"orderId\"", "{" + field + "\"orderId\"")))).containsExactly(orderCreated(1));
    }

    @Test
    void ignoresUnknownFieldsInsideALine() {
        assertThat(new Records<>(OrderCreated.class).read(batch(PLACED.replace("\"unitPrice\": 999", "\"unitPrice\": 999, \"weight\": 1.5")))).containsExactly(orderCreated(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{}", "[]", "[{}]", "0", "true", "\"text\"", "{", "{nonsense", "nonsense", "<order/>", "NaN", "\u0000"})
    void leavesBehindWhatIsNoEventAtAll(String value) {
        staysBehind(OrderCreated.class, orderCreated(1), value);
    }

    @Test
    void leavesBehindARecordWithoutAValue() {
        staysBehind(OrderCreated.class, orderCreated(1), null);
    }

    @Test
    void leavesBehindWhatIsNoText() {
        staysBehind(OrderCreated.class, orderCreated(1), new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5});
    }

    @Test
    void leavesBehindTextThatIsNotUtf8() {
        var bytes = PLACED.getBytes(UTF_8);
        bytes[PLACED.indexOf("Ada") + 1] = (byte) 0xFF;

        staysBehind(OrderCreated.class, orderCreated(1), bytes);
    }

    @Test
    void leavesBehindWhatGoesOnAfterItsEnd() {
        staysBehind(OrderCreated.class, orderCreated(1), PLACED + PLACED);
    }

    static Stream<String> fieldsOfAnOrder() {
        return Stream.of("orderId", "version", "occurredAt", "customer", "currency", "total", "paymentMethod", "lines", "sku", "quantity", "unitPrice");
    }

    @ParameterizedTest
    @MethodSource("fieldsOfAnOrder")
    void leavesBehindARecordWithoutAField(String field) {
        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace("\"" + field + "\"", "\"was-" + field + "\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"version\": 1 | \"version\": null", "\"version\": 1 | \"version\": \"one\"", "\"version\": 1 | \"version\": 1.5", "\"version\": 1 | \"version\": {}",
        "\"version\": 1 | \"version\": 9223372036854775808", "\"total\": 1998 | \"total\": 9223372036854775808", "\"total\": 1998 | \"total\": 1e999", "\"total\": 1998 | \"total\": NaN",
        "\"total\": 1998 | \"total\": -1", "\"quantity\": 2 | \"quantity\": 0", "\"quantity\": 2 | \"quantity\": -1", "\"quantity\": 2 | \"quantity\": 9223372036854775807",
        "\"quantity\": 2 | \"quantity\": 9223372036854775808", "\"quantity\": 2 | \"quantity\": 2.5", "\"quantity\": 2 | \"quantity\": null", "\"sku\": \"SKU-1\" | \"sku\": null",
        "\"sku\": \"SKU-1\" | \"sku\": []", "\"customer\": \"Ada\" | \"customer\": null", "\"customer\": \"Ada\" | \"customer\": {\"name\": \"Ada\"}",
        "019a0000-0000-7000-8000-000000000001 | nobody", "2026-11-01T09:30:00.123456Z | yesterday", "[{\"sku\": \"SKU-1\", \"quantity\": 2, \"unitPrice\": 999}] | []",
        "[{\"sku\": \"SKU-1\", \"quantity\": 2, \"unitPrice\": 999}] | null", "[{\"sku\": \"SKU-1\", \"quantity\": 2, \"unitPrice\": 999}] | [null]",
        "[{\"sku\": \"SKU-1\", \"quantity\": 2, \"unitPrice\": 999}] | {}"})
    void leavesBehindARecordWithAValueThatCannotBe(String good, String bad) {
        assertThat(PLACED).contains(good);

        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace(good, bad));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"PAID\"", "\"captured\"", "0", "null", "\"\""})
    void leavesBehindAnOutcomeThatThereIsNot(String outcome) {
        staysBehind(PaymentGenerated.class, captured(1), PAID.replace("\"CAPTURED\"", outcome));
    }

    @Test
    void leavesBehindAnEventThatSaysItIsAnother() {
        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace("{\"orderId\"", "{\"type\": \"OrderCancelled\", \"orderId\""));
        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace("{\"orderId\"", "{\"type\": \"java.lang.Runtime\", \"orderId\""));
    }

    @Test
    void leavesBehindWhatIsNestedTooDeep() {
        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace("{\"orderId\"", "{\"deep\": " + "[".repeat(10_000) + "]".repeat(10_000) + ", \"orderId\""));
    }

    @Test
    void leavesBehindANumberOfTenThousandDigits() {
        staysBehind(OrderCreated.class, orderCreated(1), PLACED.replace("\"total\": 1998", "\"total\": " + "9".repeat(10_000)));
    }

    @Test
    void keepsTheOthersInTheirOrder() {
        var values = new ArrayList<>();
        for (var n = 0; n < 100; n++)
            values.add(n % 3 == 0 ? "{nonsense" : orderCreated(n));
        var batch = batch(values.toArray());

        assertThat(new Records<>(OrderCreated.class).read(batch)).isEqualTo(values.stream().filter(OrderCreated.class::isInstance).toList());
        assertThat(Batch.unreadable(batch)).hasSize(34);
    }
}
