package io.orderflow.routes.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * Stock that came in, or went out: one row of the ledger.
 *
 * @param delta how many came in; below zero, how many went out
 * @param id    what its sender calls it, where it was sent: within its SKU it is the only one of this id
 * @param at    when it was stored; null until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Movement(String sku, Kind kind, long delta, String reason, String id, Instant at) {
    static final long LARGEST = 1_000_000_000;
    static final String REASON = "(?=.*\\S)[^\\p{C}]{1,200}";
    static final String REASON_RULE = "must be 1 to 200 printable characters";

    enum Kind { RECEIPT, ADJUSTMENT, SHIPMENT }

    Movement storedAt(Instant time) {
        return new Movement(sku, kind, delta, reason, id, time);
    }
}
