package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I1;
import static io.orderflow.local.check.Invariant.I10;
import static io.orderflow.local.check.Invariant.I12;
import static io.orderflow.local.check.Invariant.I5;
import static io.orderflow.local.check.Invariant.I6;
import static io.orderflow.local.check.Invariant.I7;
import static io.orderflow.local.check.Invariant.I9;

import io.orderflow.local.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at everything a system has left behind, and tells which of its promises it has broken; it changes nothing. */
public class Check {
    private final Deployment where;
    private final ClientLog log;

    /** @param log what the clients remember; null where nobody kept it, and what needs it is not looked at then */
    public Check(Deployment where, ClientLog log) {
        this.where = where;
        this.log = log;
    }

    /**
     * Waits until nothing is on its way, for so long at most, and looks at everything.
     *
     * @throws CannotLook where something cannot be read
     */
    public Verdict run(Duration patience) {
        return look(patience, true);
    }

    /** The same without the topics' records, for a system with more of them than one cares to read: databases, stock and offsets alone. */
    public Verdict books(Duration patience) {
        return look(patience, false);
    }

    /** What is still on its way, in words; nothing when the system is at rest. */
    public List<String> moving() {
        try (Wire wire = new Wire(where)) {
            return new Rest(where, wire, new Findings()).moving();
        }
    }

    /** The stock alone, of an inventory that needs no other service: whether the ledger adds up, and what orders hold is what is reserved. */
    public static Finding stock(Database inventory) {
        Findings findings = new Findings();
        new Shelves(inventory, findings).count();
        return findings.all().get(Invariant.I3.ordinal());
    }

    private Verdict look(Duration patience, boolean topics) {
        Findings findings = new Findings();
        Map<String, Long> looked = new LinkedHashMap<>();
        try (Wire wire = new Wire(where)) {
            Rest rest = new Rest(where, wire, findings);
            rest.await(patience);
            Books books = new Books(where, findings);
            looked.put("orders", books.compare());
            new Shelves(where.database("inventory"), findings).count();
            if (topics) {
                books.compareTimelines();
                looked.put("records", new Facts(where, wire, findings).compare(log));
            } else {
                findings.skip("topics are not read", I5, I6, I7, I9, I10);
            }
            if (log == null) {
                findings.skip("no client log", I1, I12);
            } else {
                looked.put("requests", new Clients(where, log, findings).compare());
            }
            rest.isItStill();
        }
        return new Verdict(looked, findings.all());
    }
}
