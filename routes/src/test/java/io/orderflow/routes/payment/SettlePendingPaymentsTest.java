package io.orderflow.routes.payment;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.payment.Payment.State;
import io.orderflow.routes.payment.PaymentGateway.Charge;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, PaymentDesk.class, SettlePendingPayments.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SettlePendingPaymentsTest {
    @Autowired
    Bench bench;

    @Autowired
    ScriptedGateway gateway;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("settle-pending-payments");
        gateway.reset();
        bench.step("settle-payments").whenAnyExchangeReceived(answering(Charges.class, charges -> new Charges(List.of(), List.of())));
    }

    private void pending(int... numbers) {
        bench.step("pick-pending-payments").whenAnyExchangeReceived(answering(Object.class, age -> new Claims(List.of(),
            IntStream.of(numbers).mapToObj(n -> new Payment(id(n), 1, State.PENDING, "EUR", 1998, "pm_card_ok", null, null)).toList())));
    }

    @Test
    void settlesWhatTheGatewayKnowsWithoutAnotherCharge() {
        pending(1, 2);
        gateway.knows(id(1), Outcome.CAPTURED, null);
        gateway.knows(id(2), Outcome.DECLINED, "card_declined");

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("settle-payments", Charges.class)).singleElement().satisfies(charges -> assertThat(charges.undecided())
            .containsExactly(new Charged(id(1), Outcome.CAPTURED, null), new Charged(id(2), Outcome.DECLINED, "card_declined")));
        assertThat(gateway.charges()).isEmpty();
    }

    @Test
    void chargesWhatTheGatewayHasNeverSeenUnderTheSameKey() {
        pending(1);
        gateway.answers(id(1), Outcome.CAPTURED, null);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(gateway.charges()).containsExactly(new Charge(id(1), "EUR", 1998, "pm_card_ok"));
        assertThat(bench.bodies("settle-payments", Charges.class)).singleElement().satisfies(charges -> assertThat(charges.undecided())
            .containsExactly(new Charged(id(1), Outcome.CAPTURED, null)));
    }

    @Test
    void leavesPendingWhatStaysWithoutAnAnswer() {
        pending(1);

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.journal()).containsExactly("pick-pending-payments", "wake-the-payment-relay");
    }

    @Test
    void asksForPaymentsThatHaveWaitedAsLongAsTheSettingsSay() {
        pending();

        bench.send(null);

        assertThat(bench.bodies("pick-pending-payments", Long.class)).containsExactly(2000L);
    }

    @Test
    void asksAgainForWhatAnAnswerLeavesOut() {
        pending(1, 2);
        gateway.knows(id(1), Outcome.CAPTURED, null);
        gateway.knows(id(2), Outcome.CAPTURED, null);
        bench.step("settle-payments").whenAnyExchangeReceived(answering(Charges.class, charges -> new Charges(charges.undecided().subList(1, charges.undecided().size()), List.of())));

        assertThat(failure(bench.send(null))).isNull();

        assertThat(bench.bodies("settle-payments", Charges.class)).extracting(charges -> charges.undecided().stream().map(Charged::key).toList())
            .containsExactly(List.of(id(1), id(2)), List.of(id(2)));
        assertThat(bench.journal()).endsWith("wake-the-payment-relay").containsOnlyOnce("wake-the-payment-relay");
    }

    @Test
    void aFailedSettlementWakesNobody() {
        pending(1);
        gateway.knows(id(1), Outcome.CAPTURED, null);
        var away = new SQLException("the database system is shutting down", "57P03");
        bench.step("settle-payments").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.send(null))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("pick-pending-payments", "settle-payments");
    }
}
