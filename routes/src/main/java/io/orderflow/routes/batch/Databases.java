package io.orderflow.routes.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The address book of the databases that an app's services own.
 *
 * @param database where each is, by its name: {@code orders}, {@code inventory}, {@code payments}, {@code gateway}
 */
@Validated
@ConfigurationProperties("orderflow")
public record Databases(Map<String, @Valid Database> database) {

    /**
     * @param url      JDBC address of a PostgreSQL database
     * @param poolSize most connections at a time
     */
    public record Database(
        @NotBlank(message = "must be a JDBC address such as jdbc:postgresql://localhost:5432/orders") String url,
        @NotBlank(message = "must name a role of the database") String username,
        String password,
        @DefaultValue("8") @Min(2) int poolSize) {
    }

    /** Opens a database, brought up to the schema in {@code db/migration/<name>}. */
    public DataSource open(String name) {
        var database = this.database == null ? null : this.database.get(name);
        if (database == null)
            throw new IllegalStateException("No database is set for " + name + ": set orderflow.database." + name + ".url, .username and .password");
        var pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(database.poolSize());
        pool.setConnectionTimeout(2_000);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("socketTimeout", 10);
        pool.addDataSourceProperty("connectTimeout", 2);
        pool.addDataSourceProperty("tcpKeepAlive", true);
        pool.addDataSourceProperty("ApplicationName", "orderflow " + name);
        // A plan made while a table was empty scans it whole; kept, it would still do so at a million rows. Planning costs under 1 ms a batch.
        pool.addDataSourceProperty("options", "-c plan_cache_mode=force_custom_plan");
        Flyway.configure().dataSource(database.url(), database.username(), database.password())
            .locations("classpath:db/migration/" + name).connectRetries(60).load().migrate();
        return new HikariDataSource(pool);
    }
}
