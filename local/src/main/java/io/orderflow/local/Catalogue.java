package io.orderflow.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Fills an empty shop with a few products and their first stock; what is there already is left as it is. */
public class Catalogue {

    private static final String ADD_PRODUCTS = """
        insert into product (sku, name, currency, price)
        select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
        on conflict do nothing
        """;
    /** The ledger follows the rows really inserted, so that a second run receives nothing. */
    private static final String RECEIVE_STOCK = """
        with received as (
            insert into stock (sku, available)
            select * from unnest(?::text[], ?::bigint[])
            on conflict do nothing
            returning sku, available
        )
        insert into stock_ledger (sku, kind, delta, reason)
        select sku, 'RECEIPT', available, 'opening stock' from received where available > 0
        """;

    /** @param price in minor units of the currency */
    record Product(String sku, String name, String currency, long price, long stock) {

        static Product read(String line) {
            String[] fields = line.split(",");
            return new Product(fields[0], fields[1], fields[2], Long.parseLong(fields[3]), Long.parseLong(fields[4]));
        }
    }

    private final List<Product> products = read();

    /** Adds the missing products to the order service's catalogue, and stock for those that inventory has never heard of. */
    public void seed(Connection orders, Connection inventory) throws SQLException {
        try (PreparedStatement statement = orders.prepareStatement(ADD_PRODUCTS)) {
            statement.setArray(1, orders.createArrayOf("text", column(Product::sku)));
            statement.setArray(2, orders.createArrayOf("text", column(Product::name)));
            statement.setArray(3, orders.createArrayOf("text", column(Product::currency)));
            statement.setArray(4, orders.createArrayOf("bigint", column(Product::price)));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = inventory.prepareStatement(RECEIVE_STOCK)) {
            statement.setArray(1, inventory.createArrayOf("text", column(Product::sku)));
            statement.setArray(2, inventory.createArrayOf("bigint", column(Product::stock)));
            statement.executeUpdate();
        }
    }

    private Object[] column(Function<Product, Object> field) {
        return products.stream().map(field).toArray();
    }

    private static List<Product> read() {
        InputStream file = Objects.requireNonNull(Catalogue.class.getResourceAsStream("/catalogue.csv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(Product::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
