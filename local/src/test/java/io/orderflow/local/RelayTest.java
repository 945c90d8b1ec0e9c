package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Topics;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is committed to an outbox is published, in whatever order it is committed. */
class RelayTest {
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.bare("orders");
        rig.host(Service.ORDER);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static String insert(UUID order) {
        return "insert into outbox (event) values ('" + Events.orderCreated(order, Shop.line("TEAPOT", 1)).replace("{\"eventId\"", "{\"type\":\"OrderCreated\",\"eventId\"") + "')";
    }

    private static void publishAnother() {
        UUID order = UUID.randomUUID();
        rig.sql("orders").update(insert(order));
        rig.bus().await(order, Topics.ORDER_CREATED, 1);
    }

    /** An identity is taken when a row is written, and seen when it is committed: the higher may be seen first, published and deleted, and be much higher. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5_000})
    void aRowThatIsCommittedAfterItsSuccessorsIsPublishedToo(int between) {
        UUID late = UUID.randomUUID();
        try (RowLock transaction = RowLock.on(rig, "orders", insert(late))) {
            rig.sql("orders").queryForList("select nextval(pg_get_serial_sequence('outbox', 'id')) from generate_series(1, ?)", between);
            publishAnother();
            publishAnother();
            assertThat(rig.bus().about(late, Topics.ORDER_CREATED)).isEmpty();
            transaction.commit();
        }

        rig.bus().await(late, Topics.ORDER_CREATED, 1);
        Rig.await("the outbox is empty").until(() -> rig.sql("orders").queryForObject("select count(*) = 0 from outbox", Boolean.class));
    }
}
