package io.orderflow.routes.payment;

import io.orderflow.routes.event.PaymentGenerated.Outcome;
import java.util.List;
import java.util.UUID;

/**
 * Whoever really moves the money. The key makes a charge idempotent: the same key again gets the first answer and moves nothing.
 * What an answer leaves out is unknown, neither done nor not done: ask again by key, never guess.
 */
interface PaymentGateway {

    /** Charges cards; answers those whose outcome is known. */
    List<Charged> charge(List<Charge> charges);

    /** What became of earlier charges; those the gateway has never seen are left out. */
    List<Charged> find(List<UUID> keys);

    /** @param amount in minor units of {@code currency} */
    record Charge(UUID key, String currency, long amount, String method) {
    }

    /**
     * @param outcome null where it is unknown
     * @param reason  why the card was declined; null where the money was captured
     */
    record Charged(UUID key, Outcome outcome, String reason) {
        static Charged unknown(UUID key) {
            return new Charged(key, null, null);
        }
    }
}
