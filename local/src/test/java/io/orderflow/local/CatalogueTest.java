package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class CatalogueTest {

    private static final String PRODUCTS = "select string_agg(p::text, ' ' order by sku) from product p";
    private static final String STOCK = "select string_agg(s::text, ' ' order by sku) from stock s";
    private static final String LEDGER = "select string_agg(sku || kind || delta || reason, ' ' order by sku) from stock_ledger";

    @TempDir
    private Path folder;

    @Test
    void fillsAnEmptyShopOnceAndForAll() throws SQLException {
        List<String> names = List.of("orders", "inventory");
        try (Postgres postgres = new Postgres(folder, folder.resolve("programs"), FreePorts.take(), names, new Passwords(folder.resolve("passwords.properties")))) {
            postgres.start();
            postgres.databases().forEach(database -> Flyway.configure().dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/migration/" + database.name()).load().migrate());
            try (Connection orders = postgres.databases().get(0).connect(); Connection inventory = postgres.databases().get(1).connect()) {
                new Catalogue().seed(orders, inventory);
                assertThat(ask(orders, "select count(*) from product")).isBetween(12L, 20L).isEqualTo(ask(inventory, "select count(*) from stock"));
                assertThat(ask(inventory, "select max(available) from stock")).isLessThan(1000);
                long stock = ask(inventory, "select sum(available) from stock");

                inventory.createStatement().execute("update stock set available = available - 1, reserved = reserved + 1 where sku = 'MUG-CAMEL'");
                new Catalogue().seed(orders, inventory);

                assertThat(ask(inventory, "select sum(available + reserved) from stock")).isEqualTo(stock).isEqualTo(ask(inventory, "select sum(delta) from stock_ledger"));
                assertThat(ask(inventory, "select reserved from stock where sku = 'MUG-CAMEL'")).isEqualTo(1);
            }
        }
    }

    /** The containers fill the shop by psql; what it copies on the client's side is copied here by the driver. */
    @Test
    void fillsTheShopInContainersAlike() throws Exception {
        List<String> names = List.of("orders", "inventory");
        try (Postgres postgres = new Postgres(folder, folder.resolve("programs"), FreePorts.take(), names, new Passwords(folder.resolve("passwords.properties")))) {
            postgres.start();
            postgres.databases().forEach(database -> Flyway.configure().dataSource(database.url(), database.username(), database.password())
                .locations("classpath:db/migration/" + database.name()).load().migrate());
            Database orders = postgres.databases().get(0);
            Database inventory = postgres.databases().get(1);
            for (int twice = 0; twice < 2; twice++) {
                run("products.sql", orders);
                run("stock.sql", inventory);
            }
            try (Connection product = orders.connect(); Connection stock = inventory.connect()) {
                List<String> byContainers = List.of(tell(product, PRODUCTS), tell(stock, STOCK), tell(stock, LEDGER));
                product.createStatement().execute("truncate product");
                stock.createStatement().execute("truncate stock, stock_ledger");

                new Catalogue().seed(product, stock);

                assertThat(byContainers).containsExactly(tell(product, PRODUCTS), tell(stock, STOCK), tell(stock, LEDGER)).noneMatch(String::isEmpty);
            }
        }
    }

    private static void run(String file, Database database) throws Exception {
        String script = Files.readString(Path.of("containers", file));
        Matcher copy = Pattern.compile("(?m)^\\\\copy (\\S+) from '/catalogue.csv' (with .*)$").matcher(script);
        assertThat(copy.find()).isTrue();
        try (Connection connection = database.connect(); Reader catalogue = Files.newBufferedReader(Path.of("src", "main", "resources", "catalogue.csv"))) {
            connection.createStatement().execute(script.substring(0, copy.start()));
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy %s from stdin %s".formatted(copy.group(1), copy.group(2)), catalogue);
            connection.createStatement().execute(script.substring(copy.end()));
        }
    }

    private static String tell(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static long ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}
