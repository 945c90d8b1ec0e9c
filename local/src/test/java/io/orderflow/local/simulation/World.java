package io.orderflow.local.simulation;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.local.Database;
import io.orderflow.routes.Kit;
import io.orderflow.routes.inventory.InventoryRoutes;
import io.orderflow.routes.order.OrderRoutes;
import io.orderflow.routes.outbox.SteppedOutbox;
import io.orderflow.routes.payment.PaymentRoutes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.springboot.KafkaComponentAutoConfiguration;
import org.apache.camel.spi.InterceptStrategy;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Every real route, policy and statement of the system in one Camel context, on real databases with the real schema; but the broker, the clocks and
 * whatever else begins something by itself stand still until the {@link Director} of the day says so. One seed is played at a time.
 */
class World implements AutoCloseable {
    static final List<String> DATABASES = List.of("orders", "inventory", "payments", "gateway");

    /** Longer than it takes to play a day: what must have waited so long has only done so where {@link #letTimePass} says so. */
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private final ConfigurableApplicationContext spring;
    private final CamelContext camel;
    private final Map<String, JdbcTemplate> databases = new LinkedHashMap<>();
    private final List<SingleConnectionDataSource> sessions = new ArrayList<>();
    private Director director;

    /** @param databases one for each of {@link #DATABASES}, in their order */
    World(int number, List<Database> databases) throws SQLException {
        List<String> settings = new ArrayList<>(List.of("--spring.application.name=simulation", "--spring.config.import=classpath:orderflow.yml",
            "--spring.main.allow-bean-definition-overriding=true", "--server.port=0", "--management.server.port=0", "--camel.main.name=world-" + number, "--camel.main.jmx-enabled=false",
            "--orderflow.management.username=operator", "--orderflow.management.password=secret", "--orderflow.api.users=customers:operator:secret", "--orderflow.payment.settle-after=" + LONG_ENOUGH));
        for (int n = 0; n < DATABASES.size(); n++) {
            Database database = databases.get(n);
            String prefix = "--orderflow.database." + DATABASES.get(n);
            database.settings().forEach((name, value) -> settings.add(prefix + "." + name + "=" + value));
            settings.add(prefix + ".pool-size=2");
            SingleConnectionDataSource session = new SingleConnectionDataSource(database.url(), database.username(), database.password(), true);
            sessions.add(session);
            this.databases.put(DATABASES.get(n), new JdbcTemplate(session));
        }
        spring = new SpringApplicationBuilder(Stage.class).properties("spring.config.name=simulation")
            .initializers(context -> context.getBeanFactory().registerSingleton("world", this)).registerShutdownHook(false)
            .run(settings.toArray(String[]::new));
        camel = spring.getBean(CamelContext.class);
        for (Database database : databases) {
            neverMindTheDisk(database);
        }
        this.databases.values().forEach(World::takeOverTheClock);
        for (String name : DATABASES) {
            spring.getBean(name, DataSource.class).unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Nobody pulls the plug of this server, so a commit need not wait for its disk. The routes refuse to start on such a database, hence later. */
    private static void neverMindTheDisk(Database database) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute("alter database " + database.name() + " set synchronous_commit = off");
        }
    }

    private static void takeOverTheClock(JdbcTemplate database) {
        database.execute("create table passed (time interval not null)");
        database.execute("insert into passed values ('0')");
        database.execute("grant select on passed to public");
        database.execute("create or replace function clock() returns timestamptz language sql stable return now() + (select time from passed)");
    }

    /** The routes, and what stands in for whatever is outside of them. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = KafkaComponentAutoConfiguration.class)
    @Import({Kit.class, OrderRoutes.class, InventoryRoutes.class, PaymentRoutes.class})
    static class Stage {

        @Bean
        InterceptStrategy beats(World world) {
            return new Beats(world);
        }

        @Bean
        Component kafka(World world) {
            return new Scripted.Kafka(world);
        }

        @Bean
        Component timer() {
            return new Scripted.Timer();
        }

        @Bean
        Scripted.Gather gather() {
            return new Scripted.Gather();
        }

        @Bean
        SteppedOutbox outbox(World world) {
            return new SteppedOutbox(exchange -> {
                try {
                    world.director().beat("delete-from-the-outbox");
                } catch (Crash e) {
                    Beats.fail(exchange, e);
                }
            });
        }
    }

    Director director() {
        return director;
    }

    /** Forgets whatever was, and lets somebody else direct. */
    void begin(Director director) {
        this.director = director;
        databases.values().forEach(database -> database.update("update passed set time = '0'"));
        spring.getBean(SteppedOutbox.class).forget();
        sql("orders").execute("delete from outbox; delete from idempotency_key; delete from orders; delete from product");
        sql("inventory").execute("delete from reservation; delete from stock_ledger; delete from stock");
        sql("payments").execute("delete from outbox; delete from payment");
        sql("gateway").execute("delete from charge; delete from attempt");
    }

    /** By all databases' clocks it is later then, long enough for whatever waits for a while. */
    void letTimePass() {
        databases.values().forEach(database -> database.update("update passed set time = time + cast(? as interval)", LONG_ENOUGH.toString()));
    }

    Route route(String id) {
        return camel.getRoute(id);
    }

    CamelContext camel() {
        return camel;
    }

    /** All that wait at the door travel on. */
    void store() throws Exception {
        Route route = route("store-orders");
        spring.getBean(Scripted.Gather.class).handOn(route.getEndpoint(), route.getProcessor());
    }

    /** The relay of a database takes a turn, as one that may do no more than the app; false where there is nothing. */
    boolean relay(String database) throws Exception {
        return spring.getBean(SteppedOutbox.class).turn(database, new JdbcTemplate(spring.getBean(database, DataSource.class)));
    }

    /** A session of the database's owner. */
    JdbcTemplate sql(String database) {
        return databases.get(database);
    }

    @Override
    public void close() {
        spring.close();
        sessions.forEach(SingleConnectionDataSource::destroy);
    }
}
