package io.orderflow.local;

import static io.orderflow.local.Shop.line;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.local.Shop.Visit;
import io.orderflow.local.Shop.Wish;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of orders in the whole system, from the customer's request to their end. */
class OrderStoryTest {
    private static Rig rig;

    @BeforeAll
    static void openTheShop() {
        rig = Rig.whole();
        Traffic.stock(rig);
        rig.stock("TEAPOT", 2_450, 10);
        rig.stock("LAST-ONE", 9_900, 1);
        rig.stock("COMES-BACK", 700, 5);
    }

    @AfterAll
    static void closeTheShop() {
        rig.close();
    }

    @Test
    void anOrderThatFitsAndWhoseCardIsGoodIsPaid() {
        UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 2), line("COMES-BACK", 1));

        JsonNode paid = rig.shop.await(order, "PAID");
        assertThat(paid.path("total").asLong()).isEqualTo(2 * 2_450 + 700);
        assertThat(paid.path("timeline").findValuesAsText("status")).containsExactly("PENDING", "PAID");
        assertThat(charged(order)).isEqualTo(List.of("CAPTURED 5600 EUR"));
        assertThat(reserved(order)).isEqualTo("HELD");
        rig.awaitTheEnd();
        new Checker(rig).clean();
    }

    @Test
    void anOrderThatFallsShortIsRejectedAndNamesTheSku() {
        UUID order = rig.shop.place("pm_card_ok", line("LAST-ONE", 2), line("TEAPOT", 1));

        assertThat(rig.shop.await(order, "REJECTED").path("reason").asText()).isEqualTo("OUT_OF_STOCK: LAST-ONE");
        assertThat(reserved(order)).isEqualTo("REFUSED");
        assertThat(charged(order)).isEmpty();
        assertThat(available("LAST-ONE")).isEqualTo(1);
    }

    @Test
    void theStockOfAnOrderWhoseCardIsDeclinedComesBack() {
        UUID order = rig.shop.place("pm_card_declined", line("COMES-BACK", 4));

        assertThat(rig.shop.await(order, "PAYMENT_FAILED").path("reason").asText()).isEqualTo("PAYMENT_DECLINED: card_declined");
        rig.awaitTheEnd();
        assertThat(reserved(order)).isEqualTo("RELEASED");
        assertThat(charged(order)).isEqualTo(List.of("DECLINED 2800 EUR"));
        new Checker(rig).clean();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pm_card_timeout_before", "pm_card_timeout_after", "pm_card_error"})
    void anOrderWhoseChargeGoesWrongAtFirstIsPaidOnceInTheEnd(String method) {
        UUID order = rig.shop.place(method, line("PLENTY-1", 3));

        rig.shop.await(order, "PAID");
        assertThat(charged(order)).isEqualTo(List.of("CAPTURED 750 EUR"));
        rig.awaitTheEnd();
        new Checker(rig).clean();
    }

    @Test
    void everyTopicTellsItsPartOfTheStoryAsItsSchemaSays() {
        rig.shop.place("pm_card_ok", line("PLENTY-1", 1));
        rig.shop.place("pm_card_timeout_before", line("PLENTY-1", 1));
        rig.shop.place("pm_card_declined", line("PLENTY-1", 1));
        rig.shop.place("pm_card_ok", line("LAST-ONE", 3));

        rig.awaitTheEnd();
        assertThat(Bus.EVENTS).allSatisfy(topic -> assertThat(rig.bus().count(topic)).as("records on %s", topic).isPositive());
        new Checker(rig).everyRecordIsAsPublished();
    }

    @Test
    @DisplayName("2,000 mixed orders from eight customers at a time all end as they must, and every account adds up")
    void aCrowdOfMixedOrders() {
        Random random = Traffic.random("2,000 mixed orders");
        List<Visit> earlier = rig.shop.visits();

        Traffic.rush(rig.shop, random, 2_000, 8);

        rig.awaitTheEnd();
        List<Visit> crowd = rig.shop.visits().stream().filter(visit -> !earlier.contains(visit)).toList();
        assertThat(crowd).hasSize(2_000).allMatch(visit -> visit.status() == 202);
        Map<UUID, String> statuses = statuses();
        assertThat(crowd.stream().filter(visit -> !mayEndAs(visit.wish(), statuses.get(visit.orderId()))).map(visit -> visit.orderId() + " " + visit.wish()
            + " ended as " + statuses.get(visit.orderId()))).as("orders that ended otherwise than they must").isEmpty();
        assertThat(statuses.values()).contains("PAID", "REJECTED", "PAYMENT_FAILED");
        assertThat(rig.sql("orders").queryForList("select reason from orders where status = 'REJECTED'", String.class))
            .contains("OUT_OF_STOCK: " + Traffic.SOLD_OUT, "OUT_OF_STOCK: " + Traffic.RUNS_OUT);
        new Checker(rig).clean();
    }

    /** Only the SKU that runs out on the way leaves two possible ends. */
    private static boolean mayEndAs(Wish wish, String status) {
        if (wish.quantities().containsKey(Traffic.SOLD_OUT)) {
            return status.equals("REJECTED");
        }
        boolean mayFallShort = wish.quantities().containsKey(Traffic.RUNS_OUT);
        return status.equals(wish.method().equals("pm_card_declined") ? "PAYMENT_FAILED" : "PAID") || mayFallShort && status.equals("REJECTED");
    }

    private static Map<UUID, String> statuses() {
        return rig.sql("orders").query("select id, status from orders", (row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2))).stream()
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> charged(UUID order) {
        return rig.sql("gateway").queryForList("select outcome || ' ' || amount || ' ' || currency from charge where key = ?", String.class, order);
    }

    private static String reserved(UUID order) {
        return rig.sql("inventory").queryForObject("select state from reservation where order_id = ?", String.class, order);
    }

    private static long available(String sku) {
        return rig.sql("inventory").queryForObject("select available from stock where sku = ?", Long.class, sku);
    }
}
