package io.orderflow.routes.payment;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.inventoryReserved;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.PaymentGenerated;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.payment.Payment.State;
import io.orderflow.routes.payment.PaymentGateway.Charge;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
@SpringBootTest(classes = {Workbench.class, PaymentDesk.class, TakePayment.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class TakePaymentTest {
    private static final TopicPartition RESERVATIONS = new TopicPartition(INVENTORY_RESERVED, 0);

    @Autowired
    Bench bench;

    @Autowired
    ScriptedGateway gateway;

    private final Map<UUID, Payment> books = new LinkedHashMap<>();

    @BeforeEach
    void holdTheRouteWithEmptyBooks() throws Exception {
        bench.hold("take-payment");
        gateway.reset();
        bench.step("claim-payments").whenAnyExchangeReceived(answering(Claims.class, this::claim));
        bench.step("record-payments").whenAnyExchangeReceived(answering(Charges.class, this::record));
    }

    private Claims claim(Claims claims) {
        var payments = new ArrayList<>(claims.payments());
        claims.undecided().forEach(event -> payments.add(books.computeIfAbsent(event.orderId(), id -> new Payment(id, event.version(), State.PENDING, event.currency(),
            event.total(), event.paymentMethod(), null, null))));
        return new Claims(List.of(), payments);
    }

    private Charges record(Charges charges) {
        var payments = new ArrayList<>(charges.payments());
        charges.undecided().forEach(charged -> books.computeIfPresent(charged.key(), (id, was) -> was.state() != State.PENDING || charged.outcome() == null ? was
            : new Payment(id, was.version(), State.valueOf(charged.outcome().name()), was.currency(), was.amount(), was.method(), charged.reason(), AT)));
        charges.undecided().stream().map(charged -> books.get(charged.key())).filter(payment -> payment.state() != State.PENDING).forEach(payments::add);
        return new Charges(List.of(), payments);
    }

    @Test
    void takesTheMoneyForAReservedOrder() {
        gateway.answers(id(1), Outcome.CAPTURED, null);

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1)))).isNull();

        assertThat(gateway.charges()).containsExactly(new Charge(id(1), "EUR", 1998, "pm_card_ok"));
        assertThat(bench.events("publish-payment-generated", PaymentGenerated.class)).containsExactly(captured(1));
        assertThat(bench.records().commits()).containsExactly(Map.of(RESERVATIONS, 1L));
    }

    @Test
    void tellsThatACardWasDeclined() {
        gateway.answers(id(1), Outcome.DECLINED, "card_declined");

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1)))).isNull();

        assertThat(bench.events("publish-payment-generated", PaymentGenerated.class)).containsExactly(declined(1));
        assertThat(bench.letters("publish-payment-generated")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(1).toString());
    }

    @Test
    void claimsBeforeItChargesAndPublishesWhatIsRecorded() {
        gateway.answers(id(1), Outcome.CAPTURED, null);
        gateway.onCharge(() -> bench.journal().add("charge"));

        bench.receive(INVENTORY_RESERVED, inventoryReserved(1));

        assertThat(bench.journal()).containsExactly("claim-payments", "charge", "record-payments", "publish-payment-generated", "commit");
    }

    @Test
    void leavesAPaymentWithoutAnAnswerPending() {
        gateway.answers(id(2), Outcome.CAPTURED, null);

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1), inventoryReserved(2)))).isNull();

        assertThat(bench.events("publish-payment-generated", PaymentGenerated.class)).containsExactly(captured(2));
        assertThat(books.get(id(1)).state()).isEqualTo(State.PENDING);
        assertThat(bench.records().commits()).containsExactly(Map.of(RESERVATIONS, 2L));
    }

    @Test
    void chargesNobodyWhoseOrderWasCancelledBefore() {
        books.put(id(1), new Payment(id(1), 1, State.CANCELLED, "EUR", 1998, "pm_card_ok", null, AT));

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1)))).isNull();

        assertThat(gateway.charges()).isEmpty();
        assertThat(bench.journal()).containsExactly("claim-payments", "commit");
    }

    @Test
    void givesTheSameAnswerAgain() {
        gateway.answers(id(1), Outcome.CAPTURED, null);
        bench.receive(INVENTORY_RESERVED, inventoryReserved(1));
        gateway.answers(id(1), Outcome.DECLINED, "stolen");

        bench.receive(INVENTORY_RESERVED, inventoryReserved(1));

        assertThat(gateway.charges()).hasSize(1);
        assertThat(bench.letters("publish-payment-generated")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2)
            .containsOnly(new String(bench.records().letter(captured(1)).getBody(byte[].class), UTF_8));
    }

    @Test
    void asksAgainForTheClaimThatAnAnswerLeavesOut() {
        bench.step("claim-payments").whenAnyExchangeReceived(answering(Claims.class, claims -> new Claims(claims.undecided().subList(1, claims.undecided().size()),
            claim(new Claims(claims.undecided().subList(0, 1), claims.payments())).payments())));

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1), inventoryReserved(2)))).isNull();

        assertThat(bench.bodies("claim-payments", Claims.class)).extracting(claims -> claims.undecided().stream().map(InventoryReserved::orderId).toList())
            .containsExactly(List.of(id(1), id(2)), List.of(id(2)));
        assertThat(gateway.charges()).extracting(Charge::key).containsExactly(id(1), id(2));
    }

    @Test
    void asksAgainForTheRecordThatAnAnswerLeavesOut() {
        gateway.answers(id(1), Outcome.CAPTURED, null);
        gateway.answers(id(2), Outcome.DECLINED, "card_declined");
        bench.step("record-payments").whenAnyExchangeReceived(answering(Charges.class, charges -> new Charges(charges.undecided().subList(1, charges.undecided().size()),
            record(new Charges(charges.undecided().subList(0, 1), charges.payments())).payments())));

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1), inventoryReserved(2)))).isNull();

        assertThat(bench.bodies("record-payments", Charges.class)).extracting(charges -> charges.undecided().stream().map(Charged::key).toList())
            .containsExactly(List.of(id(1), id(2)), List.of(id(2)));
        assertThat(gateway.charges()).hasSize(2);
        assertThat(bench.events("publish-payment-generated", PaymentGenerated.class)).containsExactlyInAnyOrder(captured(1), declined(2));
    }

    @Test
    void parksARecordThatCannotBeRead() {
        gateway.answers(id(1), Outcome.CAPTURED, null);

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1), "[]"))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody(byte[].class)).isEqualTo("[]".getBytes(UTF_8));
            assertThat(parked.getHeaders()).containsEntry("parked-topic", INVENTORY_RESERVED).containsEntry("parked-offset", "1");
        });
        assertThat(bench.journal()).endsWith("publish-payment-generated", "park", "commit");
        assertThat(bench.records().commits()).containsExactly(Map.of(RESERVATIONS, 2L));
    }

    @Test
    void aFailedChargeReachesNoCommit() {
        var away = new TimeoutException("The gateway is away");
        gateway.onCharge(() -> {
            throw away;
        });

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1)))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("claim-payments");
    }

    @Test
    void aFailedPublishReachesNoCommit() {
        var away = new TimeoutException("The broker is away");
        gateway.answers(id(1), Outcome.CAPTURED, null);
        bench.step("publish-payment-generated").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.receive(INVENTORY_RESERVED, inventoryReserved(1), "{nonsense"))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("claim-payments", "record-payments", "publish-payment-generated");
    }
}
