package io.orderflow.routes.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.orderflow.routes.settings.CannotStart;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.validation.annotation.Validated;

/**
 * The address book of the databases that an app's services own.
 *
 * @param database where each is, by its name: {@code orders}, {@code inventory}, {@code payments}, {@code gateway}
 */
@Validated
@ConfigurationProperties("orderflow")
public record Databases(Map<String, @Valid Database> database) {
    /** The SQLSTATE of a server that is away, of a role that it does not let in, and of a database that it does not have. */
    private static final String NO_WAY_IN = "(08|28|3D|42501).*";
    /**
     * Who has once freed a large piece of memory keeps smaller ones: glibc's allocator raises its thresholds by it. A server built on that gives the memory of each statement back to
     * the kernel otherwise, and gets it again page by page at the next: where orders come one by one, that took 0.27 of the 0.46 ms of place-orders.
     */
    private static final String KEEP_MEMORY = "select length(repeat(' ', 4000000))";
    private static final String FORGETFUL = "select name from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off' order by name";

    /**
     * Where a database is, and as whom it is used. The annotation binds nothing: the metadata has no word of what is inside a map, but
     * for it.
     *
     * @param url           JDBC address of a PostgreSQL database
     * @param username      role that reads and writes; it owns the database where no other does
     * @param password      password of the role; empty where the server asks for none
     * @param ownerUsername role that owns the database and brings it up to the schema, so that the other need not be allowed to; empty where one does both
     * @param ownerPassword password of the owner; empty where the server asks for none
     * @param poolSize      most connections at a time, but for the one of a relay
     * @param patience      how long a start waits for the database to answer
     */
    @ConfigurationProperties("orderflow.database.*")
    public record Database(
        @NotNull(message = WANTED_URL) @Pattern(regexp = "jdbc:postgresql:.+", message = WANTED_URL) String url,
        @NotBlank(message = "must be a role of the database") String username,
        String password,
        String ownerUsername,
        String ownerPassword,
        @DefaultValue("8") @Min(value = 2, message = "must be at least {value}") int poolSize,
        @DefaultValue("2m") @DurationMin(seconds = 1, message = "must be at least {seconds}s") Duration patience) {
        private static final String WANTED_URL = "must be a JDBC address such as jdbc:postgresql://localhost:5432/orders";

        private boolean hasAnOwner() {
            return ownerUsername != null && !ownerUsername.isBlank();
        }
    }

    /**
     * Opens a database, brought up to the schema in {@code db/migration/<name>}; where it has an owner, the role that opens it may do what
     * {@code db/grants/<name>} allows, and no more.
     */
    public DataSource open(String name) {
        var database = this.database == null ? null : this.database.get(name);
        if (database == null)
            throw new CannotStart("No database is set for " + name + ": set orderflow.database." + name + ".url, .username and .password.");
        migrate(name, database);
        mustKeepWhatItConfirms(name, database);
        var pool = pool(name, database.url(), database.username(), database.password());
        pool.setMaximumPoolSize(database.poolSize());
        pool.setConnectionTimeout(1_000);
        pool.setValidationTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        // As text: the driver does not see what is not.
        pool.addDataSourceProperty("socketTimeout", "10");
        // The server gives up before us, for what it goes on with after us holds locks and a connection: see docs/decisions/0028-who-is-in-hand-waits-for-the-truth.md.
        // A plan is kept, and one made while a table was empty must be as good at a million rows: see docs/decisions/0007-plans-that-are-kept.md.
        pool.addDataSourceProperty("options", "-c statement_timeout=9s -c enable_seqscan=off -c enable_nestloop=off -c enable_bitmapscan=off -c jit=off");
        pool.setConnectionInitSql(KEEP_MEMORY);
        return new CountedOnce(new HikariDataSource(pool));
    }

    private static HikariConfig pool(String name, String url, String role, String password) {
        var pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(role);
        pool.setPassword(password);
        pool.setDataSourceProperties(driver(name));
        return pool;
    }

    private static Properties driver(String name) {
        var driver = new Properties();
        driver.setProperty("connectTimeout", "2");
        driver.setProperty("loginTimeout", "5");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("ApplicationName", "orderflow " + name);
        return driver;
    }

    private static void migrate(String name, Database database) {
        var role = database.hasAnOwner() ? database.ownerUsername() : database.username();
        var password = database.hasAnOwner() ? database.ownerPassword() : database.password();
        var pool = pool("owner of " + name, database.url(), role, password);
        pool.setMinimumIdle(1);
        pool.setInitializationFailTimeout(database.patience().toMillis());
        try (var owner = new HikariDataSource(pool)) {
            Flyway.configure().dataSource(owner).locations("classpath:db/migration/" + name, "classpath:db/grants/" + name)
                .placeholders(Map.of("app", database.username())).load().migrate();
        } catch (PoolInitializationException | FlywaySqlException e) {
            if (!(e.getCause() instanceof SQLException refused) || !isNoWayIn(refused))
                throw e;
            throw noWayIn(name, database, role, database.hasAnOwner() ? ".owner-username or .owner-password" : ".username or .password", refused);
        }
    }

    /** An order is answered 202 when it is stored: a server that forgets when it crashes would make that a lie. */
    private static void mustKeepWhatItConfirms(String name, Database database) {
        var app = new DriverManagerDataSource(database.url(), database.username(), database.password());
        app.setConnectionProperties(driver(name));
        try (var connection = app.getConnection();
            var statement = connection.createStatement(); var forgetful = statement.executeQuery(FORGETFUL)) {
            if (forgetful.next())
                throw new CannotStart("The database %s at %s would forget in a crash what it has confirmed: set %s to on there.".formatted(name, address(database), forgetful.getString(1)));
        } catch (SQLException e) {
            if (!isNoWayIn(e))
                throw new IllegalStateException("The database " + name + " does not say whether it keeps what it confirms", e);
            throw noWayIn(name, database, database.username(), ".username or .password", e);
        }
    }

    private static boolean isNoWayIn(SQLException refused) {
        return String.valueOf(refused.getSQLState()).matches(NO_WAY_IN);
    }

    private static CannotStart noWayIn(String name, Database database, String role, String settings, SQLException refused) {
        return new CannotStart("The database %s has no way in at %s for the role %s (%s): start it, or change orderflow.database.%s.url, %s.".formatted(
            name, address(database), role, refused.getMessage().strip(), name, settings), refused);
    }

    private static String address(Database database) {
        return database.url().replaceFirst("\\?.*", "");
    }
}
