package io.orderflow.routes.event;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.routes.batch.TestRecords;
import io.orderflow.routes.event.Contract.Field;
import io.orderflow.routes.event.InventoryFailed.Reason;
import io.orderflow.routes.event.OrderCreated.Line;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;

/** Whatever there is to tell is told as the schema of its topic says, for any event that can happen. */
class ProducersTest {
    private static final Map<Class<? extends Event>, Contract> CONTRACTS = Contract.all().stream().collect(toMap(Contract::type, Function.identity()));
    private static final TestRecords RECORDS = new TestRecords(new DefaultCamelContext());

    private final Arbitrary<UUID> orders = Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as((high, low) ->
        new UUID(high & ~0xf000L | 0x7000L, low & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L));
    private final Arbitrary<Long> versions = Arbitraries.oneOf(Arbitraries.of(1L, Long.MAX_VALUE), Arbitraries.longs().greaterOrEqual(1));
    /** As PostgreSQL keeps them: by the microsecond, and at times without a fraction. */
    private final Arbitrary<Instant> times = Combinators.combine(Arbitraries.longs().between(0, 4_000_000_000L), Arbitraries.longs().between(0, 999_999))
        .as((second, micro) -> Instant.ofEpochSecond(second).plus(micro, ChronoUnit.MICROS));
    private final Arbitrary<String> customers = Arbitraries.of("a", "Z", "7", " ", "'", "\"", "\\", "/", "<", "é", "漢", "😀").list().ofMinSize(1).ofMaxSize(100)
        .map(characters -> String.join("", characters)).filter(name -> !name.isBlank());
    private final Arbitrary<String> currencies = Arbitraries.strings().withCharRange('A', 'Z').ofLength(3);
    private final Arbitrary<Long> amounts = Arbitraries.oneOf(Arbitraries.of(0L, 1L, Long.MAX_VALUE), Arbitraries.longs().greaterOrEqual(0));
    private final Arbitrary<String> methods = Arbitraries.strings().alpha().numeric().withChars("_-").ofMinLength(1).ofMaxLength(64);
    private final Arbitrary<String> skus = Arbitraries.strings().alpha().numeric().withChars("._-").ofMinLength(1).ofMaxLength(64);
    private final Arbitrary<String> reasons = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
    private final Arbitrary<Line> lines = Combinators.combine(skus, Arbitraries.longs().between(1, 1_000_000), amounts).as(Line::new);

    private final Map<Class<? extends Event>, Arbitrary<? extends Event>> anyOf = Map.of(
        OrderCreated.class, Combinators.combine(orders, versions, times, customers, currencies, amounts, methods, lines.list().ofMinSize(1).ofMaxSize(50)).as(OrderCreated::new),
        InventoryReserved.class, Combinators.combine(orders, versions, times, currencies, amounts, methods).as(InventoryReserved::new),
        InventoryFailed.class, Combinators.combine(orders, versions, times, skus.list().ofMaxSize(50)).as((order, version, at, shortOf) ->
            new InventoryFailed(order, version, at, shortOf.isEmpty() ? Reason.ORDER_CANCELLED : Reason.OUT_OF_STOCK, shortOf)),
        PaymentGenerated.class, Combinators.combine(orders, versions, times, Arbitraries.of(Outcome.class), currencies, amounts, reasons.injectNull(0.5)).as(PaymentGenerated::new),
        OrderPaymentUpdated.class, Combinators.combine(orders, versions, times, customers, Arbitraries.of(PaymentStatus.class), currencies, amounts, reasons.injectNull(0.5))
            .as(OrderPaymentUpdated::new),
        OrderCancelled.class, Combinators.combine(orders, versions, times, customers, reasons).as(OrderCancelled::new));

    @Provide
    Arbitrary<Event> events() {
        assertThat(anyOf.keySet()).isEqualTo(CONTRACTS.keySet());
        return Arbitraries.of(anyOf.keySet()).flatMap(type -> anyOf.get(type).<Event>map(event -> event)).withoutEdgeCases();
    }

    @Property
    void everyEventIsAsItsSchemaSays(@ForAll("events") Event event) throws IOException {
        assertThat(CONTRACTS.get(event.getClass()).faults(value(event))).isEmpty();
    }

    /** A schema that allows further fields would not notice one that it has never heard of. */
    @Property
    void everyEventHasTheFieldsOfItsSchemaInTheirOrderAndNoOthers(@ForAll("events") Event event) throws IOException {
        var value = value(event);

        assertThat(value.fieldNames()).toIterable().containsExactlyElementsOf(names(CONTRACTS.get(event.getClass()).schema()));
        for (var line : value.path("lines"))
            assertThat(line.fieldNames()).toIterable().containsExactlyElementsOf(names(CONTRACTS.get(event.getClass()).schema().at("/properties/lines/items")));
    }

    private static List<String> names(JsonNode schema) {
        return schema.path("properties").properties().stream().map(Map.Entry::getKey).toList();
    }

    @Property
    void everyRecordHasTheHeadersThatAreToldOfItUnderTheKeyOfItsOrder(@ForAll("events") Event event) throws IOException {
        var letter = RECORDS.letter(event);
        var value = value(event);
        var headers = headers(letter);

        assertThat(Contract.faults(Contract.headers(), headers)).isEmpty();
        assertThat(headers.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(
            Contract.fields("", JsonPointer.empty(), Contract.headers()).stream().map(Field::name).toList());
        assertThat(headers.path("ce_type")).isEqualTo(CONTRACTS.get(event.getClass()).schema().path("title"));
        assertThat(headers.path("ce_id")).isEqualTo(value.path("eventId"));
        assertThat(headers.path("ce_time")).isEqualTo(value.path("occurredAt"));
        assertThat(new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8)).isEqualTo(value.path("orderId").asText());
    }

    private static JsonNode value(Event event) throws IOException {
        return JSON.readTree(RECORDS.letter(event).getBody(byte[].class));
    }

    /** What becomes a header of the record: all but what Camel keeps for itself. */
    private static ObjectNode headers(Message letter) {
        var headers = JSON.createObjectNode();
        letter.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && !name.equals(KafkaConstants.KEY))
                headers.put(name, (String) value);
        });
        return headers;
    }
}
