package io.orderflow.local.bench;

import java.util.List;

/**
 * Orders that were there before: paid long ago, with their stock held and their money charged, in all four databases alike. They are written
 * by SQL, for to place ten million would take hours; what the orders to come can see of them is as if they had been placed.
 */
class History {

    private static final long AT_A_TIME = 100_000;
    /** A UUIDv7 of long ago, made of the order's number alone, so that each database can make it for itself. */
    private static final String ORDER = """
        (select (lpad(to_hex(1600000000000 + n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id,
            'SKU-' || lpad((n %% %d)::text, 4, '0') as sku, timestamptz '2020-09-13' + n * interval '1 ms' as at from generate_series(%d, %d) as n) as past""";

    private final Stage stage;

    History(Stage stage) {
        this.stage = stage;
    }

    /** Writes the orders with the numbers from (inclusive) and to (exclusive). */
    void write(long from, long to) {
        for (long first = from; first < to; first += AT_A_TIME) {
            writeSome(ORDER.formatted(Shelves.PRODUCTS, first, Math.min(first + AT_A_TIME, to) - 1));
        }
        for (String database : List.of("orders", "inventory", "payments", "gateway")) {
            Shelves.run(stage.database(database), "vacuum (analyze)");
        }
    }

    private void writeSome(String past) {
        run("orders", """
            insert into orders (id, customer, status, currency, total, payment_method, lines, version, created_at, updated_at, timeline)
            select id, 'customer-past', 'PAID', 'EUR', %1$d, 'pm_card_ok',
                jsonb_build_array(jsonb_build_object('sku', sku, 'name', 'Product ' || sku, 'quantity', 1, 'unitPrice', %1$d)), 2, at, at,
                jsonb_build_array(jsonb_build_object('version', 1, 'status', 'PENDING', 'at', at), jsonb_build_object('version', 2, 'status', 'PAID', 'at', at))
            from %2$s""".formatted(Shelves.PRICE, past));
        run("inventory", """
            with held as (
                insert into reservation (order_id, state, lines, short_of, decided_at)
                select id, 'HELD', jsonb_build_array(jsonb_build_object('sku', sku, 'quantity', 1)), '[]', at from %s
                returning lines -> 0 ->> 'sku' as sku
            ), counted as (
                select sku, count(*) as pieces from held group by sku
            ), received as (
                insert into stock_ledger (sku, kind, delta, reason) select sku, 'RECEIPT', pieces, 'held long ago' from counted
            )
            update stock set reserved = reserved + pieces from counted where stock.sku = counted.sku""".formatted(past));
        run("payments", """
            insert into payment (order_id, version, state, currency, amount, method, claimed_at, asked_at, decided_at)
            select id, 1, 'CAPTURED', 'EUR', %d, 'pm_card_ok', at, at, at from %s""".formatted(Shelves.PRICE, past));
        run("gateway", """
            insert into charge (key, currency, amount, method, outcome, at)
            select id, 'EUR', %d, 'pm_card_ok', 'CAPTURED', at from %s""".formatted(Shelves.PRICE, past));
    }

    private void run(String database, String sql) {
        Shelves.run(stage.database(database), sql);
    }
}
