package io.orderflow.routes.payment;

import io.orderflow.routes.event.PaymentGenerated.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A gateway that answers what it was told to, and nothing where it was told nothing. */
class ScriptedGateway implements PaymentGateway {
    private final Map<UUID, Charged> answers = new HashMap<>();
    private final Map<UUID, Charged> known = new HashMap<>();
    private final List<Charge> charges = new ArrayList<>();
    private Runnable onCharge = () -> { };

    void reset() {
        answers.clear();
        known.clear();
        charges.clear();
        onCharge = () -> { };
    }

    /** Says what a charge under this key will come to. */
    void answers(UUID key, Outcome outcome, String reason) {
        answers.put(key, new Charged(key, outcome, reason));
    }

    /** Says what a charge under this key has come to, though nobody was told. */
    void knows(UUID key, Outcome outcome, String reason) {
        known.put(key, new Charged(key, outcome, reason));
    }

    void onCharge(Runnable look) {
        onCharge = look;
    }

    /** All that was ever to be charged. */
    List<Charge> charges() {
        return charges;
    }

    @Override
    public List<Charged> charge(List<Charge> asked) {
        onCharge.run();
        charges.addAll(asked);
        return asked.stream().map(charge -> answers.get(charge.key())).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Charged> find(List<UUID> keys) {
        return keys.stream().map(known::get).filter(Objects::nonNull).toList();
    }
}
