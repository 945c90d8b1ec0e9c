package io.orderflow.local;

import static io.orderflow.local.Bus.header;
import static io.orderflow.local.Bus.text;
import static io.orderflow.local.Events.inventoryFailed;
import static io.orderflow.local.Events.inventoryReserved;
import static io.orderflow.local.Events.json;
import static io.orderflow.local.Events.orderCancelled;
import static io.orderflow.local.Events.orderCreated;
import static io.orderflow.local.Events.paymentGenerated;
import static io.orderflow.local.Shop.line;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static io.orderflow.routes.event.Topics.ORDER_PAYMENT_UPDATED;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.routes.event.Topics;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each app with nothing but its own databases and the broker; the test says what the others would say. */
class EachAppAloneTest {

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class TheOrderApp {
        private Rig rig;

        @BeforeAll
        void start() {
            rig = Rig.bare("orders");
            rig.host(Service.ORDER);
            rig.stock("TEAPOT", 2_450, 0);
        }

        @AfterAll
        void stop() {
            rig.close();
        }

        @Test
        void tellsOfAnOrderUnderItsOwnKeyWithItsPrice() {
            UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 2), line("TEAPOT", 1));

            ConsumerRecord<byte[], byte[]> record = rig.bus().await(order, ORDER_CREATED, 1).get(0);
            JsonNode event = json(record);
            assertThat(event.path("orderId").asText()).isEqualTo(order.toString());
            assertThat(event.path("version").asLong()).isEqualTo(1);
            assertThat(event.path("currency").asText()).isEqualTo("EUR");
            assertThat(event.path("total").asLong()).isEqualTo(3 * 2_450);
            assertThat(event.path("lines")).hasSize(1);
            assertThat(event.path("lines").path(0).path("quantity").asLong()).isEqualTo(3);
            assertThat(event.path("eventId").asText()).isEqualTo(Checker.eventId(order, "OrderCreated", "").toString()).isEqualTo(header(record, "ce_id"));
            assertThat(header(record, "ce_type")).isEqualTo("OrderCreated");
            assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(record, "content-type")).isEqualTo("application/json");
        }

        @Test
        void isPaidWhenThePaymentIsCapturedAndSaysSo() {
            UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 1));
            rig.bus().send(PAYMENT_GENERATED, order, paymentGenerated(order, "CAPTURED", null));

            rig.shop.await(order, "PAID");
            JsonNode event = json(rig.bus().await(order, ORDER_PAYMENT_UPDATED, 1).get(0));
            assertThat(event.path("paymentStatus").asText()).isEqualTo("PAID");
            assertThat(event.path("version").asLong()).isEqualTo(2);
            assertThat(event.path("total").asLong()).isEqualTo(2_450);
            assertThat(rig.bus().about(order, ORDER_CANCELLED)).isEmpty();
        }

        @Test
        void asksForEverythingToBeUndoneWhenThePaymentIsDeclined() {
            UUID order = rig.shop.place("pm_card_declined", line("TEAPOT", 1));
            rig.bus().send(PAYMENT_GENERATED, order, paymentGenerated(order, "DECLINED", "card_declined"));

            assertThat(rig.shop.await(order, "PAYMENT_FAILED").path("reason").asText()).isEqualTo("PAYMENT_DECLINED: card_declined");
            assertThat(json(rig.bus().await(order, ORDER_PAYMENT_UPDATED, 1).get(0)).path("paymentStatus").asText()).isEqualTo("DECLINED");
            assertThat(json(rig.bus().await(order, ORDER_CANCELLED, 1).get(0)).path("version").asLong()).isEqualTo(2);
        }

        @Test
        void isRejectedWhenStockFallsShortAndTellsNobody() {
            UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 1));
            rig.bus().send(INVENTORY_FAILED, order, inventoryFailed(order, "OUT_OF_STOCK", "TEAPOT"));

            assertThat(rig.shop.await(order, "REJECTED").path("reason").asText()).isEqualTo("OUT_OF_STOCK: TEAPOT");
            assertThat(rig.bus().about(order, ORDER_PAYMENT_UPDATED)).isEmpty();
            assertThat(rig.bus().about(order, ORDER_CANCELLED)).isEmpty();
        }

        @Test
        void keepsToTheFirstAnswerAndTellsItAgainInTheSameWords() {
            UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 1));
            rig.bus().send(PAYMENT_GENERATED, order, paymentGenerated(order, "CAPTURED", null));
            JsonNode paid = rig.shop.await(order, "PAID");
            rig.bus().await(order, ORDER_PAYMENT_UPDATED, 1);

            rig.bus().send(INVENTORY_FAILED, order, inventoryFailed(order, "OUT_OF_STOCK", "TEAPOT"));
            rig.bus().send(INVENTORY_FAILED, order, inventoryFailed(order, "ORDER_CANCELLED"));
            rig.bus().send(PAYMENT_GENERATED, order, paymentGenerated(order, "DECLINED", "card_declined"));

            List<ConsumerRecord<byte[], byte[]>> told = rig.bus().await(order, ORDER_PAYMENT_UPDATED, 2);
            rig.bus().awaitNoLag("reject-order");
            rig.bus().awaitNoLag("update-order-payment");
            assertThat(rig.shop.read(order)).isEqualTo(paid);
            assertThat(told.get(1).value()).isEqualTo(told.get(0).value());
            assertThat(told.get(1).headers()).isEqualTo(told.get(0).headers());
            assertThat(rig.bus().about(order, ORDER_CANCELLED)).isEmpty();
        }

        @Test
        void staysPendingWhenStockAnswersThatItHasBeenCancelled() {
            UUID order = rig.shop.place("pm_card_ok", line("TEAPOT", 1));
            rig.bus().send(INVENTORY_FAILED, order, inventoryFailed(order, "ORDER_CANCELLED"));

            rig.bus().awaitNoLag("reject-order");
            assertThat(rig.shop.read(order).path("status").asText()).isEqualTo("PENDING");
        }

        @Test
        void putsAsideAPaymentOfAnOrderThatNobodyPlaced() {
            UUID stranger = UUID.randomUUID();
            String payment = paymentGenerated(stranger, "CAPTURED", null);
            rig.bus().send(PAYMENT_GENERATED, stranger, payment);

            ConsumerRecord<byte[], byte[]> parked = rig.bus().await(stranger, Topics.parked("update-order-payment"), 1).get(0);
            assertThat(text(parked.value())).isEqualTo(payment);
            rig.bus().awaitNoLag("update-order-payment");
        }

        @Test
        void putsAsideAnAnswerThatItCannotReadAndDoesItsNeighbours() {
            List<UUID> paid = List.of(rig.shop.place("pm_card_ok", line("TEAPOT", 1)), rig.shop.place("pm_card_ok", line("TEAPOT", 1)));
            putsAsideTheOneInTheMiddle(rig, "update-order-payment", paid, order -> paymentGenerated(order, "CAPTURED", null));
            paid.forEach(order -> rig.shop.await(order, "PAID"));

            List<UUID> rejected = List.of(rig.shop.place("pm_card_ok", line("TEAPOT", 1)), rig.shop.place("pm_card_ok", line("TEAPOT", 1)));
            putsAsideTheOneInTheMiddle(rig, "reject-order", rejected, order -> inventoryFailed(order, "OUT_OF_STOCK", "TEAPOT"));
            rejected.forEach(order -> rig.shop.await(order, "REJECTED"));
        }
    }

    /** Two good records with one between them that is none; all three on one partition and in one batch. */
    private static void putsAsideTheOneInTheMiddle(Rig rig, String route, List<UUID> orders, Function<UUID, String> event) {
        String topic = Bus.LISTENS.get(route);
        UUID nobody = UUID.randomUUID();
        String bad = event.apply(nobody).replace("\"version\":1", "\"version\":\"one\"");
        rig.bus().send(List.of(onOnePartition(topic, orders.get(0), event.apply(orders.get(0))), onOnePartition(topic, nobody, bad),
            onOnePartition(topic, orders.get(1), event.apply(orders.get(1)))));

        ConsumerRecord<byte[], byte[]> parked = rig.bus().await(nobody, Topics.parked(route), 1).get(0);
        rig.bus().awaitNoLag(route);
        assertThat(text(parked.value())).isEqualTo(bad);
        assertThat(header(parked, "parked-topic")).isEqualTo(topic);
    }

    private static ProducerRecord<byte[], byte[]> onOnePartition(String topic, UUID order, String json) {
        return new ProducerRecord<>(topic, 3, order.toString().getBytes(UTF_8), json.getBytes(UTF_8));
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class TheInventoryApp {
        private Rig rig;

        /** But for the one bad record of the test that is about it. */
        @AfterEach
        void nothingElseIsParked() {
            assertThat(rig.bus().all(Topics.parked("reserve-inventory"))).isEmpty();
            assertThat(rig.bus().all(Topics.parked("release-inventory"))).allMatch(record -> header(record, "parked-message").contains("version"));
        }

        @BeforeAll
        void start() {
            rig = Rig.bare("inventory");
            rig.host(Service.INVENTORY);
        }

        @AfterAll
        void stop() {
            rig.close();
        }

        @Test
        void reservesWhatFitsAndSaysWhatIsToBePaid() {
            rig.stock("FITS", 0, 10);
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("FITS", 3), line("FITS", 4)));

            JsonNode event = json(rig.bus().await(order, INVENTORY_RESERVED, 1).get(0));
            assertThat(event.path("version").asLong()).isEqualTo(1);
            assertThat(event.path("currency").asText()).isEqualTo("EUR");
            assertThat(event.path("total").asLong()).isEqualTo(7_00);
            assertThat(event.path("paymentMethod").asText()).isEqualTo("pm_card_ok");
            assertThat(stock("FITS")).isEqualTo("3 available, 7 reserved");
        }

        @Test
        void reservesNothingOfAnOrderThatFallsShortAndNamesEverySku() {
            rig.stock("ENOUGH", 0, 10);
            rig.stock("LITTLE", 0, 2);
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("ENOUGH", 1), line("LITTLE", 3), line("NEVER-HEARD-OF", 1)));

            JsonNode event = json(rig.bus().await(order, INVENTORY_FAILED, 1).get(0));
            assertThat(event.path("reason").asText()).isEqualTo("OUT_OF_STOCK");
            assertThat(event.path("shortOf")).extracting(JsonNode::asText).containsExactly("LITTLE", "NEVER-HEARD-OF");
            assertThat(stock("ENOUGH")).isEqualTo("10 available, 0 reserved");
            assertThat(stock("LITTLE")).isEqualTo("2 available, 0 reserved");
        }

        @Test
        void givesNothingToAnOrderThatWasCancelledBeforeItCame() {
            rig.stock("WANTED", 0, 10);
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CANCELLED, order, orderCancelled(order));
            rig.bus().awaitNoLag("release-inventory");
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("WANTED", 3)));

            JsonNode event = json(rig.bus().await(order, INVENTORY_FAILED, 1).get(0));
            assertThat(event.path("reason").asText()).isEqualTo("ORDER_CANCELLED");
            assertThat(stock("WANTED")).isEqualTo("10 available, 0 reserved");
            assertThat(rig.bus().about(order, INVENTORY_RESERVED)).isEmpty();
        }

        /** What others hold would cover a second release, so that no constraint of the database stops it. */
        @Test
        void givesBackOnceHoweverOftenAnOrderIsCancelled() {
            rig.stock("RETURNED", 0, 30);
            rig.stock("RETURNED-TOO", 0, 30);
            UUID other = UUID.randomUUID();
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CREATED, other, orderCreated(other, line("RETURNED", 20), line("RETURNED-TOO", 20)));
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("RETURNED", 3), line("RETURNED-TOO", 4)));
            rig.bus().await(other, INVENTORY_RESERVED, 1);
            rig.bus().await(order, INVENTORY_RESERVED, 1);
            assertThat(stock("RETURNED")).isEqualTo("7 available, 23 reserved");

            rig.bus().send(List.of(Events.record(ORDER_CANCELLED, order, orderCancelled(order)), Events.record(ORDER_CANCELLED, order, orderCancelled(order))));
            rig.bus().awaitNoLag("release-inventory");
            rig.bus().send(ORDER_CANCELLED, order, orderCancelled(order));
            rig.bus().awaitNoLag("release-inventory");

            assertThat(stock("RETURNED")).isEqualTo("10 available, 20 reserved");
            assertThat(stock("RETURNED-TOO")).isEqualTo("10 available, 20 reserved");
        }

        @Test
        void keepsToItsNoWhenStockArrivesLater() {
            rig.stock("LATE", 0, 1);
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("LATE", 2)));
            rig.bus().await(order, INVENTORY_FAILED, 1);
            rig.receive("LATE", 100);
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("LATE", 2)));

            List<ConsumerRecord<byte[], byte[]>> told = rig.bus().await(order, INVENTORY_FAILED, 2);
            assertThat(told.get(1).value()).isEqualTo(told.get(0).value());
            assertThat(told.get(1).headers()).isEqualTo(told.get(0).headers());
            assertThat(rig.bus().about(order, INVENTORY_RESERVED)).isEmpty();
            assertThat(stock("LATE")).isEqualTo("101 available, 0 reserved");
        }

        /** There is enough for each double, so that no constraint of the database stops it. */
        @Test
        void takesOnceForDoublesOfAnOrderInOneBatch() {
            rig.stock("DOUBLED", 0, 100);
            UUID order = UUID.randomUUID();
            String created = orderCreated(order, line("DOUBLED", 2));
            rig.bus().send(List.of(Events.record(ORDER_CREATED, order, created), Events.record(ORDER_CREATED, order, created), Events.record(ORDER_CREATED, order, created)));
            rig.bus().awaitNoLag("reserve-inventory");

            assertThat(rig.bus().about(order, INVENTORY_RESERVED)).isNotEmpty();
            assertThat(stock("DOUBLED")).isEqualTo("98 available, 2 reserved");
        }

        @Test
        void keepsToItsYesWhenTheStockIsGone() {
            rig.stock("EARLY", 0, 2);
            UUID order = UUID.randomUUID();
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("EARLY", 2)));
            rig.bus().await(order, INVENTORY_RESERVED, 1);
            rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("EARLY", 2)));

            List<ConsumerRecord<byte[], byte[]>> told = rig.bus().await(order, INVENTORY_RESERVED, 2);
            assertThat(told.get(1).value()).isEqualTo(told.get(0).value());
            assertThat(told.get(1).headers()).isEqualTo(told.get(0).headers());
            assertThat(rig.bus().about(order, INVENTORY_FAILED)).isEmpty();
            assertThat(stock("EARLY")).isEqualTo("0 available, 2 reserved");
        }

        @Test
        void judgesAgainWhenTheStockHasMovedUnderItsJudgement() {
            rig.stock("MOVING", 0, 5);
            UUID large = UUID.randomUUID();
            UUID small = UUID.randomUUID();
            try (RowLock other = RowLock.on(rig, "inventory", """
                with gone as (update stock set available = available - 3 where sku = 'MOVING' returning sku)
                insert into stock_ledger (sku, kind, delta, reason) select sku, 'ADJUSTMENT', -3, 'broken' from gone""")) {
                rig.bus().send(List.of(onOnePartition(ORDER_CREATED, large, orderCreated(large, line("MOVING", 4))),
                    onOnePartition(ORDER_CREATED, small, orderCreated(small, line("MOVING", 1)))));
                Rig.await("both orders are judged and wait for the stock").until(() -> other.waitingClients() == 1);
                other.commit();
            }

            assertThat(json(rig.bus().await(large, INVENTORY_FAILED, 1).get(0)).path("reason").asText()).isEqualTo("OUT_OF_STOCK");
            rig.bus().await(small, INVENTORY_RESERVED, 1);
            assertThat(stock("MOVING")).isEqualTo("1 available, 1 reserved");
        }

        @Test
        void leavesAnOrderToAnotherInstanceThatWasFaster() {
            rig.stock("CONTESTED", 0, 5);
            UUID order = UUID.randomUUID();
            try (RowLock other = RowLock.on(rig, "inventory", """
                with given as (
                    insert into reservation (order_id, state, lines, short_of) values ('%s', 'HELD', '[{"sku": "CONTESTED", "quantity": 2}]', '[]'))
                update stock set available = available - 2, reserved = reserved + 2 where sku = 'CONTESTED'""".formatted(order))) {
                rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("CONTESTED", 2)));
                Rig.await("the order is judged and waits for the stock").until(() -> other.waitingClients() == 1);
                other.commit();
            }

            rig.bus().await(order, INVENTORY_RESERVED, 1);
            assertThat(stock("CONTESTED")).isEqualTo("3 available, 2 reserved");
            assertThat(rig.bus().about(order, INVENTORY_FAILED)).isEmpty();
        }

        @Test
        void putsAsideACancellationThatItCannotReadAndDoesItsNeighbours() {
            rig.stock("NEIGHBOUR", 0, 10);
            List<UUID> orders = List.of(UUID.randomUUID(), UUID.randomUUID());
            orders.forEach(order -> rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("NEIGHBOUR", 3))));
            orders.forEach(order -> rig.bus().await(order, INVENTORY_RESERVED, 1));

            putsAsideTheOneInTheMiddle(rig, "release-inventory", orders, Events::orderCancelled);

            assertThat(stock("NEIGHBOUR")).isEqualTo("10 available, 0 reserved");
        }

        private String stock(String sku) {
            return rig.sql("inventory").queryForObject("select available || ' available, ' || reserved || ' reserved' from stock where sku = ?", String.class, sku);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class ThePaymentApp {
        private Rig rig;

        @BeforeAll
        void start() {
            rig = Rig.bare("payments", "gateway");
            rig.host(Service.PAYMENT);
        }

        @AfterAll
        void stop() {
            rig.close();
        }

        @Test
        void chargesAReservedOrderOnceHoweverOftenItIsTold() {
            UUID order = UUID.randomUUID();
            rig.bus().send(List.of(Events.record(INVENTORY_RESERVED, order, inventoryReserved(order, "pm_card_ok")),
                Events.record(INVENTORY_RESERVED, order, inventoryReserved(order, "pm_card_ok"))));
            rig.bus().awaitNoLag("take-payment");
            int told = rig.bus().about(order, PAYMENT_GENERATED).size();
            rig.bus().send(INVENTORY_RESERVED, order, inventoryReserved(order, "pm_card_ok"));

            List<ConsumerRecord<byte[], byte[]>> all = rig.bus().await(order, PAYMENT_GENERATED, told + 1);
            JsonNode event = json(all.get(0));
            assertThat(event.path("outcome").asText()).isEqualTo("CAPTURED");
            assertThat(event.path("amount").asLong()).isEqualTo(1_250);
            assertThat(event.path("version").asLong()).isEqualTo(1);
            assertThat(all).allSatisfy(record -> assertThat(record.value()).isEqualTo(all.get(0).value()));
            assertThat(charges(order)).containsExactly("CAPTURED 1250 EUR");
        }

        @ParameterizedTest
        @ValueSource(strings = {"pm_card_declined", "pm_no_such_card"})
        void saysWhyACardIsDeclined(String method) {
            UUID order = UUID.randomUUID();
            rig.bus().send(INVENTORY_RESERVED, order, inventoryReserved(order, method));

            JsonNode event = json(rig.bus().await(order, PAYMENT_GENERATED, 1).get(0));
            assertThat(event.path("outcome").asText()).isEqualTo("DECLINED");
            assertThat(event.path("reason").asText()).isEqualTo(method.equals("pm_card_declined") ? "card_declined" : "unknown_payment_method");
            assertThat(charges(order)).containsExactly("DECLINED 1250 EUR");
        }

        @ParameterizedTest
        @ValueSource(strings = {"pm_card_timeout_before", "pm_card_timeout_after", "pm_card_error"})
        void findsOutWhatBecameOfAChargeWithoutAnAnswer(String method) {
            UUID order = UUID.randomUUID();
            rig.bus().send(INVENTORY_RESERVED, order, inventoryReserved(order, method));

            List<ConsumerRecord<byte[], byte[]>> told = rig.bus().await(order, PAYMENT_GENERATED, 1);
            assertThat(json(told.get(0)).path("outcome").asText()).isEqualTo("CAPTURED");
            assertThat(charges(order)).containsExactly("CAPTURED 1250 EUR");

            rig.bus().send(INVENTORY_RESERVED, order, inventoryReserved(order, method));
            List<ConsumerRecord<byte[], byte[]>> again = rig.bus().await(order, PAYMENT_GENERATED, 2);
            assertThat(again.get(1).value()).isEqualTo(told.get(0).value());
            assertThat(charges(order)).containsExactly("CAPTURED 1250 EUR");
        }

        @Test
        void putsAsideAReservationThatItCannotReadAndDoesItsNeighbours() {
            List<UUID> orders = List.of(UUID.randomUUID(), UUID.randomUUID());
            putsAsideTheOneInTheMiddle(rig, "take-payment", orders, order -> inventoryReserved(order, "pm_card_ok"));
            orders.forEach(order -> assertThat(charges(order)).containsExactly("CAPTURED 1250 EUR"));
        }

        @Test
        void showsThePaymentOfAnOrderToWhoeverAsks() {
            Caller clerk = new Caller(rig.port(Service.PAYMENT));
            UUID order = UUID.randomUUID();
            assertThat(clerk.get("/payments/" + order).status()).isEqualTo(404);
            rig.bus().send(INVENTORY_RESERVED, order, inventoryReserved(order, "pm_card_declined"));
            rig.bus().await(order, PAYMENT_GENERATED, 1);

            JsonNode payment = clerk.read("/payments/" + order);
            assertThat(payment.fieldNames()).toIterable().containsExactly("orderId", "state", "currency", "amount", "method", "reason", "claimedAt", "decidedAt");
            assertThat(payment.path("state").asText()).isEqualTo("DECLINED");
            assertThat(payment.path("amount").asLong()).isEqualTo(1_250);
            assertThat(payment.path("reason").asText()).isEqualTo("card_declined");
            assertThat(clerk.get("/payments/1").status()).isEqualTo(404);
        }

        private List<String> charges(UUID order) {
            return rig.sql("gateway").queryForList("select outcome || ' ' || amount || ' ' || currency from charge where key = ?", String.class, order);
        }
    }
}
