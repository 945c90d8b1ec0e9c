package io.orderflow.local.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what breaks the invariants: all of it is counted, some of it is kept. */
class Findings {
    private static final int KEPT = 10;

    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);
    private final Map<Invariant, List<String>> examples = new EnumMap<>(Invariant.class);
    private final Map<Invariant, String> skipped = new EnumMap<>(Invariant.class);

    /** @param offender its id, and what is wrong with it */
    void add(Invariant broken, String offender) {
        counts.merge(broken, 1L, Long::sum);
        List<String> some = examples.computeIfAbsent(broken, none -> new ArrayList<>());
        if (some.size() < KEPT) {
            some.add(offender);
        }
    }

    void skip(String why, Invariant... invariants) {
        Arrays.stream(invariants).forEach(invariant -> skipped.put(invariant, why));
    }

    List<Finding> all() {
        return Arrays.stream(Invariant.values())
            .map(invariant -> new Finding(invariant, counts.getOrDefault(invariant, 0L), List.copyOf(examples.getOrDefault(invariant, List.of())), skipped.get(invariant))).toList();
    }
}
