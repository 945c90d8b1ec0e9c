package io.orderflow.routes.payment;

import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.inventoryReserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.payment.Payment.State;
import io.orderflow.routes.payment.PaymentGateway.Charge;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.util.List;
import org.junit.jupiter.api.Test;

class CashierTest {
    private final ScriptedGateway gateway = new ScriptedGateway();
    private final Cashier cashier = new Cashier(gateway);

    private static Payment payment(int number, State state) {
        return new Payment(id(number), 1, state, "EUR", 1998, "pm_card_ok", state == State.DECLINED ? "card_declined" : null, state == State.PENDING ? null : AT);
    }

    private static Claims claimed(Payment... payments) {
        return new Claims(List.of(), List.of(payments));
    }

    @Test
    void opensABatchWithNothingClaimed() {
        assertThat(cashier.open(List.of(inventoryReserved(1)))).isEqualTo(new Claims(List.of(inventoryReserved(1)), List.of()));
    }

    @Test
    void chargesWhatIsPendingUnderTheOrdersOwnKeyAndNothingElse() {
        gateway.answers(id(1), Outcome.CAPTURED, null);

        var charges = cashier.charge(claimed(payment(1, State.PENDING), payment(2, State.CAPTURED), payment(3, State.DECLINED), payment(4, State.CANCELLED)));

        assertThat(gateway.charges()).containsExactly(new Charge(id(1), "EUR", 1998, "pm_card_ok"));
        assertThat(charges).isEqualTo(new Charges(List.of(new Charged(id(1), Outcome.CAPTURED, null)), List.of(payment(2, State.CAPTURED), payment(3, State.DECLINED))));
    }

    @Test
    void leavesToBeSettledWhatTheGatewayDidNotAnswer() {
        assertThat(cashier.charge(claimed(payment(1, State.PENDING)))).isEqualTo(new Charges(List.of(Charged.unknown(id(1))), List.of()));
    }

    @Test
    void asksBeforeItChargesAgain() {
        gateway.knows(id(1), Outcome.DECLINED, "card_declined");
        gateway.answers(id(1), Outcome.CAPTURED, null);
        gateway.answers(id(2), Outcome.CAPTURED, null);

        var charges = cashier.inquire(claimed(payment(1, State.PENDING), payment(2, State.PENDING)));

        assertThat(gateway.charges()).extracting(Charge::key).containsExactly(id(2));
        assertThat(charges.undecided()).containsExactly(new Charged(id(1), Outcome.DECLINED, "card_declined"), new Charged(id(2), Outcome.CAPTURED, null));
    }

    @Test
    void neverGuessesWhatStaysUnknown() {
        assertThat(cashier.inquire(claimed(payment(1, State.PENDING)))).isEqualTo(new Charges(List.of(), List.of()));
    }

    @Test
    void tellsOfEveryDecidedPaymentFromWhatIsStoredAlone() {
        assertThat(cashier.announce(new Charges(List.of(), List.of(payment(1, State.CAPTURED), payment(2, State.DECLINED))))).containsExactly(captured(1), declined(2));
    }
}
