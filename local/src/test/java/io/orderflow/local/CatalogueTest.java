package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

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

    private static long ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}
