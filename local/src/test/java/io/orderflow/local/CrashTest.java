package io.orderflow.local;

import static io.orderflow.local.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Topics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apps are killed, without a chance to finish anything, wherever it hurts; what was answered 202 ends all the same, once. */
class CrashTest {
    private static final int KILLS_OF_EACH = 2;

    private static final Map<Service, AppProcess> APPS = new EnumMap<>(Service.class);
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.bare("orders", "inventory", "payments", "gateway");
        launch(Service.values());
        Traffic.stock(rig);
        rig.stock("TEAPOT", 2_450, 100);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void eachAppIsKilledAgainAndAgainInMidFlow() {
        Random random = Traffic.random("crashes");
        try (Traffic traffic = Traffic.flowing(rig.shop, random, 3, 40)) {
            for (int round = 1; round <= KILLS_OF_EACH; round++) {
                for (Service victim : Service.values()) {
                    long before = ended();
                    Rig.await("50 more orders end").until(() -> ended() >= before + 50);
                    APPS.get(victim).kill();
                    launch(victim);
                }
            }
        }
        rig.awaitTheEnd();
        new Checker(rig).clean();
    }

    /** Four orders, each at another step that has written what the broker does not take: that is where every app dies. */
    @Test
    void everyAppIsKilledBetweenItsWriteAndItsPublish() {
        rig.bus().refuse(Topics.ORDER_CANCELLED);
        UUID declined = writtenAndNotPublished(Topics.ORDER_PAYMENT_UPDATED, "pm_card_declined", "orders", "select status from orders where id = ?", "PAYMENT_FAILED");
        UUID charged = writtenAndNotPublished(Topics.PAYMENT_GENERATED, "pm_card_ok", "payments", "select state from payment where order_id = ?", "CAPTURED");
        UUID reserved = writtenAndNotPublished(Topics.INVENTORY_RESERVED, "pm_card_ok", "inventory", "select state from reservation where order_id = ?", "HELD");
        UUID placed = writtenAndNotPublished(Topics.ORDER_CREATED, "pm_card_ok", "orders",
            "select event ->> 'type' from outbox where event ->> 'orderId' = ?::text", "OrderCreated");
        APPS.values().forEach(AppProcess::kill);

        nothingWasPublished(Topics.ORDER_CANCELLED, declined);
        nothingWasPublished(Topics.ORDER_PAYMENT_UPDATED, declined);
        nothingWasPublished(Topics.PAYMENT_GENERATED, charged);
        nothingWasPublished(Topics.INVENTORY_RESERVED, reserved);
        nothingWasPublished(Topics.ORDER_CREATED, placed);
        Bus.EVENTS.forEach(rig.bus()::admit);
        launch(Service.values());

        rig.shop.await(declined, "PAYMENT_FAILED");
        List.of(charged, reserved, placed).forEach(order -> rig.shop.await(order, "PAID"));
        rig.awaitTheEnd();
        new Checker(rig).clean();
    }

    /** Places an order that comes as far as this row, and whose event does not come to this topic. */
    private static UUID writtenAndNotPublished(String topic, String method, String database, String query, String state) {
        rig.bus().refuse(topic);
        UUID order = rig.shop.place(method, line("TEAPOT", 1));
        Rig.await("order " + order + " is " + state + " in " + database).until(() -> rig.sql(database).queryForList(query, String.class, order).equals(List.of(state)));
        return order;
    }

    private static void nothingWasPublished(String topic, UUID order) {
        assertThat(rig.bus().about(order, topic)).as("records on %s about %s, which was written and not published", topic, order).isEmpty();
    }

    private static void launch(Service... services) {
        for (Service service : services) {
            APPS.put(service, rig.launch(service));
        }
        for (Service service : services) {
            APPS.get(service).awaitReady();
        }
    }

    private static long ended() {
        return rig.sql("orders").queryForObject("select count(*) from orders where status <> 'PENDING'", Long.class);
    }
}
