package io.orderflow.routes.inventory;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.line;
import static io.orderflow.routes.event.Examples.orderCreated;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.InventoryFailed;
import io.orderflow.routes.event.InventoryFailed.Reason;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.OrderCreated;
import io.orderflow.routes.event.StockAnswer;
import io.orderflow.routes.inventory.Judgements.Judgement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, ReserveInventory.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ReserveInventoryTest {
    private static final TopicPartition ORDERS = new TopicPartition(ORDER_CREATED, 0);

    @Autowired
    Bench bench;

    private final Map<UUID, StockAnswer> stored = new HashMap<>();

    @BeforeEach
    void holdTheRouteWithFiveInStock() throws Exception {
        bench.hold("reserve-inventory");
        bench.step("look-up-stock").whenAnyExchangeReceived(answering(Reservations.class, open -> List.of(new Available("SKU-1", 5))));
        bench.step("reserve-stock").whenAnyExchangeReceived(answering(Judgements.class, this::reserve));
    }

    private Reservations reserve(Judgements judged) {
        var answers = new ArrayList<>(judged.answers());
        judged.judgements().forEach(judgement -> answers.add(stored.computeIfAbsent(judgement.order().orderId(), id -> answer(judgement))));
        return new Reservations(List.of(), answers);
    }

    private static StockAnswer answer(Judgement judgement) {
        var order = judgement.order();
        return judgement.shortOf().isEmpty()
            ? new InventoryReserved(order.orderId(), order.version(), AT, order.currency(), order.total(), order.paymentMethod())
            : new InventoryFailed(order.orderId(), order.version(), AT, Reason.OUT_OF_STOCK, judgement.shortOf());
    }

    @Test
    void reservesAnOrderThatFits() {
        assertThat(failure(bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 5))))).isNull();

        assertThat(bench.events("publish-inventory-reserved", InventoryReserved.class)).containsExactly(new InventoryReserved(id(1), 1, AT, "EUR", 1998, "pm_card_ok"));
        assertThat(bench.letters("publish-inventory-failed")).isEmpty();
        assertThat(bench.records().commits()).containsExactly(Map.of(ORDERS, 1L));
    }

    @Test
    void rejectsAnOrderThatFallsShort() {
        assertThat(failure(bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 6))))).isNull();

        assertThat(bench.events("publish-inventory-failed", InventoryFailed.class)).containsExactly(new InventoryFailed(id(1), 1, AT, Reason.OUT_OF_STOCK, List.of("SKU-1")));
        assertThat(bench.letters("publish-inventory-reserved")).isEmpty();
        assertThat(bench.records().commits()).containsExactly(Map.of(ORDERS, 1L));
    }

    @Test
    void sendsEachAnswerUnderItsOwnOrdersKey() {
        bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 3)), orderCreated(2, line("SKU-1", 3)), orderCreated(3, line("SKU-1", 2)));

        assertThat(bench.letters("publish-inventory-reserved")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(1).toString(), id(3).toString());
        assertThat(bench.letters("publish-inventory-failed")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(2).toString());
    }

    @Test
    void parksARecordThatCannotBeRead() {
        assertThat(failure(bench.receive(ORDER_CREATED, orderCreated(1), "{nonsense", orderCreated(2)))).isNull();

        assertThat(bench.events("publish-inventory-reserved", InventoryReserved.class)).extracting(InventoryReserved::orderId).containsExactly(id(1), id(2));
        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody(byte[].class)).isEqualTo("{nonsense".getBytes(UTF_8));
            assertThat(parked.getHeaders()).containsEntry("parked-topic", ORDER_CREATED).containsEntry("parked-partition", "0").containsEntry("parked-offset", "1");
        });
        assertThat(bench.journal()).endsWith("publish-inventory-reserved", "park", "commit");
        assertThat(bench.records().commits()).containsExactly(Map.of(ORDERS, 3L));
    }

    @Test
    void asksNobodyWhenNothingCanBeRead() {
        bench.receive(ORDER_CREATED, "{nonsense", null);

        assertThat(bench.journal()).containsExactly("park", "commit");
    }

    @Test
    void givesTheSameAnswerAgain() {
        bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 5)), orderCreated(2, line("SKU-1", 6)));
        bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 5)), orderCreated(2, line("SKU-1", 6)));

        assertThat(bench.letters("publish-inventory-reserved")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2).containsOnly(
            new String(bench.records().letter(stored.get(id(1))).getBody(byte[].class), UTF_8));
        assertThat(bench.letters("publish-inventory-failed")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2).containsOnly(
            new String(bench.records().letter(stored.get(id(2))).getBody(byte[].class), UTF_8));
    }

    @Test
    void sendsTheAnswerToADoubleOnce() {
        bench.step("reserve-stock").whenAnyExchangeReceived(answering(Judgements.class, judged -> new Reservations(List.of(), judged.judgements().stream().map(ReserveInventoryTest::answer).toList())));

        bench.receive(ORDER_CREATED, orderCreated(1), orderCreated(1));

        assertThat(bench.letters("publish-inventory-reserved")).hasSize(1);
        assertThat(bench.records().commits()).containsExactly(Map.of(ORDERS, 2L));
    }

    @Test
    void asksAgainForWhatAnAnswerLeavesOut() {
        bench.step("reserve-stock").whenAnyExchangeReceived(answering(Judgements.class, judged -> {
            var first = new Judgements(judged.judgements().subList(0, 1), judged.answers());
            return new Reservations(judged.judgements().stream().skip(1).map(Judgement::order).toList(), reserve(first).answers());
        }));

        assertThat(failure(bench.receive(ORDER_CREATED, orderCreated(1), orderCreated(2), orderCreated(3, line("SKU-1", 6))))).isNull();

        assertThat(bench.bodies("look-up-stock", Reservations.class)).extracting(open -> open.undecided().stream().map(OrderCreated::orderId).toList())
            .containsExactly(List.of(id(1), id(2), id(3)), List.of(id(2), id(3)), List.of(id(3)));
        assertThat(bench.events("publish-inventory-reserved", InventoryReserved.class)).extracting(InventoryReserved::orderId).containsExactly(id(1), id(2));
        assertThat(bench.events("publish-inventory-failed", InventoryFailed.class)).extracting(InventoryFailed::orderId).containsExactly(id(3));
        assertThat(bench.journal()).containsOnlyOnce("commit");
    }

    @Test
    void aFailedPublishReachesNoCommit() {
        var away = new TimeoutException("The broker is away");
        bench.step("publish-inventory-reserved").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.receive(ORDER_CREATED, orderCreated(1, line("SKU-1", 5)), orderCreated(2, line("SKU-1", 6)), "{nonsense"))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("look-up-stock", "reserve-stock", "publish-inventory-reserved");
    }
}
