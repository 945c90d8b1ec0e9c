package io.orderflow.routes.payment;

import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.InventoryReserved;
import io.orderflow.routes.event.PaymentGenerated;
import io.orderflow.routes.event.PaymentGenerated.Outcome;
import io.orderflow.routes.payment.Payment.State;
import io.orderflow.routes.payment.PaymentGateway.Charge;
import io.orderflow.routes.payment.PaymentGateway.Charged;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Charges what is claimed and not decided, always under the order's own key; what stays unknown is asked for later, never guessed. */
class Cashier {
    private final PaymentGateway gateway;

    Cashier(PaymentGateway gateway) {
        this.gateway = gateway;
    }

    Claims open(List<InventoryReserved> reserved) {
        return new Claims(reserved, List.of());
    }

    /** Charges the pending payments; one whose outcome is unknown is left to be settled. */
    Charges charge(Claims claims) {
        var charges = charges(claims.payments());
        var charged = new ArrayList<>(gateway.charge(charges));
        var keys = charged.stream().map(Charged::key).collect(Collectors.toSet());
        charges.stream().map(Charge::key).filter(key -> !keys.contains(key)).map(Charged::unknown).forEach(charged::add);
        return new Charges(charged, decided(claims.payments()));
    }

    /** Asks what became of pending charges, and charges those that the gateway has never seen: with the same key, so never twice. */
    Charges inquire(Claims claims) {
        var known = new ArrayList<>(gateway.find(claims.payments().stream().map(Payment::orderId).toList()));
        var keys = known.stream().map(Charged::key).collect(Collectors.toSet());
        known.addAll(gateway.charge(charges(claims.payments().stream().filter(payment -> !keys.contains(payment.orderId())).toList())));
        return new Charges(known, List.of());
    }

    /** Tells of every decided payment, from what is stored alone: the same at each replay. */
    List<Event> announce(Charges charges) {
        return charges.payments().stream().<Event>map(payment -> new PaymentGenerated(payment.orderId(), payment.version(), payment.decidedAt(),
            payment.state() == State.CAPTURED ? Outcome.CAPTURED : Outcome.DECLINED, payment.currency(), payment.amount(), payment.reason())).toList();
    }

    private static List<Charge> charges(List<Payment> payments) {
        return payments.stream().filter(payment -> payment.state() == State.PENDING)
            .map(payment -> new Charge(payment.orderId(), payment.currency(), payment.amount(), payment.method())).toList();
    }

    private static List<Payment> decided(List<Payment> payments) {
        return payments.stream().filter(Payment::isDecided).toList();
    }
}
