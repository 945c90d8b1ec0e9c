package io.orderflow.local.check;

import static io.orderflow.local.check.Invariant.I3;

import io.orderflow.local.Database;

/** Compares what there is of each SKU with what came in and with what orders hold. */
class Shelves {
    private final Database inventory;
    private final Findings findings;

    Shelves(Database inventory, Findings findings) {
        this.inventory = inventory;
        this.findings = findings;
    }

    void count() {
        Rows.list(inventory, """
            select stock.sku || ': ledger ' || coalesce(sum(delta), 0) || ', available ' || available || ', reserved ' || reserved
            from stock left join stock_ledger using (sku) group by stock.sku, available, reserved
            having coalesce(sum(delta), 0) <> available + reserved or available < 0 or reserved < 0 order by 1""")
            .forEach(sku -> findings.add(I3, sku));
        Rows.list(inventory, """
            select sku || ': reserved ' || coalesce(reserved, 0) || ', held by orders ' || coalesce(held, 0)
            from (select sku, reserved from stock where reserved <> 0) as stock
            full join (select line ->> 'sku' as sku, sum((line ->> 'quantity')::bigint) as held
                from reservation, jsonb_array_elements(lines) as line where state = 'HELD' group by 1) as held using (sku)
            where coalesce(reserved, 0) <> coalesce(held, 0) order by 1""")
            .forEach(sku -> findings.add(I3, sku));
    }
}
