package io.orderflow.local.bench;

import io.orderflow.local.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;

/** What the shop under load sells: a thousand products with more in stock than any run can order, and one that is sold out. */
public class Shelves {

    public static final int PRODUCTS = 1000;
    public static final String SOLD_OUT = "SOLD-OUT";
    /** In cents, the same for each, so that what a stored order costs can be told from its quantities alone. */
    static final int PRICE = 1000;
    private static final long PLENTY = 1_000_000_000_000L;

    private static final String[] NAMES = IntStream.range(0, PRODUCTS).mapToObj("SKU-%04d"::formatted).toArray(String[]::new);

    private Shelves() {
    }

    /** The name of a product, by its number from 0. */
    public static String sku(int number) {
        return NAMES[number];
    }

    /** Puts everything on sale. */
    public static void fill(Database orders, Database inventory) {
        String skus = "(select 'SKU-' || lpad(n::text, 4, '0') as sku, %d as stock from generate_series(0, %d) as n union all select '%s', 0) as shelf"
            .formatted(PLENTY, PRODUCTS - 1, SOLD_OUT);
        run(orders, "insert into product (sku, name, currency, price) select sku, 'Product ' || sku, 'EUR', " + PRICE + " from " + skus);
        run(inventory, """
            with received as (insert into stock (sku, available) select sku, stock from %s returning sku, available)
            insert into stock_ledger (sku, kind, delta, reason) select sku, 'RECEIPT', available, 'opening stock' from received where available > 0""".formatted(skus));
    }

    /** One statement, on a connection of its own. */
    static void run(Database database, String sql) {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(database.name() + ": " + e.getMessage(), e);
        }
    }
}
