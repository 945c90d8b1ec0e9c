package io.orderflow.routes.batch;

import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.inventoryReserved;
import static io.orderflow.routes.event.Examples.orderCancelled;
import static io.orderflow.routes.event.Examples.orderCreated;
import static io.orderflow.routes.event.Examples.outOfStock;
import static io.orderflow.routes.event.Examples.paymentUpdated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.InventoryFailed;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LettersTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final TestRecords records = new TestRecords(camel);

    /** One of each type as it has gone over the wire since version 1: whoever changes a byte of it breaks a replay. */
    static Stream<Arguments> golden() {
        return Stream.of(
            arguments(orderCreated(1), """
                {"eventId":"8c947d9a-cdf4-5f79-8fc7-fb0ab93c40fc","orderId":"019a0000-0000-7000-8000-000000000001","version":1,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "customer":"Ada","currency":"EUR","total":1998,"paymentMethod":"pm_card_ok","lines":[{"sku":"SKU-1","quantity":2,"unitPrice":999}]}"""),
            arguments(inventoryReserved(1), """
                {"eventId":"0882d047-ac70-5fa1-8bcb-680ce474be3c","orderId":"019a0000-0000-7000-8000-000000000001","version":1,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "currency":"EUR","total":1998,"paymentMethod":"pm_card_ok"}"""),
            arguments(outOfStock(1, "SKU-1"), """
                {"eventId":"5fcdc5bb-8e50-58f6-bb1d-b532432d76b7","orderId":"019a0000-0000-7000-8000-000000000001","version":1,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "reason":"OUT_OF_STOCK","shortOf":["SKU-1"]}"""),
            arguments(captured(1), """
                {"eventId":"49a2a0b4-0131-5ea4-8af3-79925f28ee4f","orderId":"019a0000-0000-7000-8000-000000000001","version":1,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "outcome":"CAPTURED","currency":"EUR","amount":1998,"reason":null}"""),
            arguments(paymentUpdated(1, PaymentStatus.PAID), """
                {"eventId":"57d14fe9-e52d-5230-b1ec-13415671032c","orderId":"019a0000-0000-7000-8000-000000000001","version":2,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "customer":"Ada","paymentStatus":"PAID","currency":"EUR","total":1998,"reason":null}"""),
            arguments(orderCancelled(1), """
                {"eventId":"3848a6c9-af56-5cd0-91c8-7714434d8300","orderId":"019a0000-0000-7000-8000-000000000001","version":2,"occurredAt":"2026-11-01T09:30:00.123456Z",\
                "customer":"Ada","reason":"PAYMENT_DECLINED: card_declined"}"""));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void writesAnEventAsItAlwaysWas(Event event, String bytes) {
        assertThat(text(records.letter(event))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsBackWhatItWrote(Event event, String bytes) throws Exception {
        assertThat(Json.JSON.readValue(bytes, event.getClass())).isEqualTo(event);
    }

    @Test
    void hasAGoldenExampleOfEveryEvent() {
        Set<Class<?>> events = new HashSet<>();
        var open = new ArrayDeque<Class<?>>(List.of(Event.class));
        while (!open.isEmpty()) {
            var type = open.pop();
            if (type.isSealed())
                open.addAll(Arrays.asList(type.getPermittedSubclasses()));
            else
                events.add(type);
        }
        assertThat(golden().map(example -> example.get()[0].getClass()).collect(Collectors.toSet())).isEqualTo(events);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void addressesALetterToItsOrderWithTheAttributesOfACloudEvent(Event event, String bytes) {
        var letter = records.letter(event);

        assertThat(letter.getHeader(KafkaConstants.KEY, byte[].class)).isEqualTo(id(1).toString().getBytes(UTF_8));
        assertThat(letter.getHeaders()).containsEntry("ce_specversion", "1.0").containsEntry("ce_id", Letters.eventId(event).toString())
            .containsEntry("ce_source", "/orderflow").containsEntry("ce_type", event.getClass().getSimpleName()).containsEntry("ce_time", event.occurredAt().toString())
            .containsEntry("content-type", "application/json").hasSize(7);
        assertThat(bytes).contains("\"eventId\":\"" + Letters.eventId(event) + "\"");
    }

    @Test
    void givesAFactOneIdWhoeverTellsItAndWhenever() {
        assertThat(Letters.eventId(captured(1))).isEqualTo(Letters.eventId(captured(1))).isEqualTo(Letters.eventId(declined(1)));
        assertThat(Letters.eventId(captured(1)).version()).isEqualTo(5);
        assertThat(Stream.of(captured(1), captured(2), orderCancelled(1), inventoryReserved(1), paymentUpdated(1, PaymentStatus.PAID), paymentUpdated(1, PaymentStatus.DECLINED))
            .map(Letters::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void sortsABatchByTypeInTheOrderOfTheFirstOfEach() {
        var groups = groups(outOfStock(1, "SKU-1"), inventoryReserved(2), outOfStock(3, "SKU-1"), inventoryReserved(4));

        assertThat(groups).extracting(group -> group.stream().map(LettersTest::key).toList())
            .containsExactly(List.of(id(1).toString(), id(3).toString()), List.of(id(2).toString(), id(4).toString()));
        assertThat(is(groups.get(0), InventoryFailed.class)).isTrue();
        assertThat(is(groups.get(0), InventoryReserved.class)).isFalse();
        assertThat(is(groups.get(1), InventoryReserved.class)).isTrue();
    }

    @Test
    void sendsADoubleOnce() {
        assertThat(groups(inventoryReserved(1), inventoryReserved(2), inventoryReserved(1))).singleElement()
            .satisfies(group -> assertThat(group).extracting(LettersTest::key).containsExactly(id(1).toString(), id(2).toString()));
    }

    @Test
    void sendsNothingWhereThereIsNothingToTell() {
        assertThat(groups()).isEmpty();
    }

    @Test
    void tellsOfAnyOtherBodyThatItIsNoLetter() {
        assertThat(is(null, InventoryReserved.class)).isFalse();
        assertThat(is("text", InventoryReserved.class)).isFalse();
        assertThat(is(List.of(), InventoryReserved.class)).isFalse();
        assertThat(is(List.of("text"), InventoryReserved.class)).isFalse();
    }

    @SuppressWarnings("unchecked")
    private List<List<Message>> groups(Event... events) {
        var split = Letters.byType(Function.<List<? extends Event>>identity());
        return List.copyOf((Collection<List<Message>>) split.evaluate(exchange(List.of(events)), Object.class));
    }

    private boolean is(Object body, Class<? extends Event> type) {
        return Letters.are(type).matches(exchange(body));
    }

    private Exchange exchange(Object body) {
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private static String key(Message letter) {
        return new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8);
    }

    private static String text(Message letter) {
        return new String(letter.getBody(byte[].class), UTF_8);
    }
}
