package io.orderflow.local;

import static io.orderflow.local.Events.orderCancelled;
import static io.orderflow.local.Events.orderCreated;
import static io.orderflow.local.Shop.line;
import static io.orderflow.routes.event.Topics.INVENTORY_FAILED;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.local.Caller.Told;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** Stock moves over HTTP once for each id, whoever says it how often and at the same time, and never below nothing. */
class StockApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TWIN_TAKES = """
        with taken as (update stock set available = available - 3 where sku = 'SKU' returning sku)
        insert into stock_ledger (sku, kind, delta, reason, movement_id) select sku, 'ADJUSTMENT', -3, 'counted', 'a-1' from taken""";
    private static final String MORE = """
        with moved as (update stock set available = available + %d where sku = '%s' returning sku)
        insert into stock_ledger (sku, kind, delta, reason) select sku, 'ADJUSTMENT', %d, 'counted' from moved""";

    private static Rig rig;
    private static ConfigurableApplicationContext app;
    private static Caller clerk;

    @BeforeAll
    static void start() {
        rig = Rig.bare("inventory");
        app = rig.host(Service.INVENTORY);
        clerk = new Caller(rig.port(Service.INVENTORY));
    }

    /** Whatever a test has done; and nobody has waited for somebody who waited for him. */
    @AfterAll
    static void nothingIsLostAndNobodyWasInTheWay() {
        try {
            // What a session has counted is told for certain when it ends.
            app.close();
            Rig.await("the sessions of the app are over").until(() -> rig.sql("inventory").queryForObject(
                "select count(*) from pg_stat_activity where application_name like 'orderflow %'", Long.class) == 0);
            assertThat(rig.sql("inventory").queryForObject("select deadlocks from pg_stat_database where datname = current_database()", Long.class)).as("deadlocks").isZero();
        } finally {
            rig.close();
        }
    }

    @AfterEach
    void theLedgerAddsUp() {
        new Checker(rig).theStockAddsUp();
    }

    private static Told receive(String sku, String id, long quantity) {
        return clerk.insist("/stock/" + sku + "/receipts", "{'id': '%s', 'quantity': %d, 'reason': 'delivery'}".formatted(id, quantity));
    }

    private static Told adjust(String sku, String id, long delta) {
        return clerk.insist("/stock/" + sku + "/adjustments", "{'id': '%s', 'delta': %d, 'reason': 'counted'}".formatted(id, delta));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode item(String sku, long onHand, long reserved, long available) {
        return json("{'sku': '%s', 'onHand': %d, 'reserved': %d, 'available': %d}".formatted(sku, onHand, reserved, available));
    }

    private static List<String> ids(List<JsonNode> movements) {
        return movements.stream().map(movement -> movement.path("id").asText()).toList();
    }

    // One at a time

    @Test
    void aReceiptOpensASkuThatNobodyHasHeardOf() {
        assertThat(clerk.get("/stock/NEW").status()).isEqualTo(404);

        Told told = receive("NEW", "r-1", 5);

        assertThat(told.status()).isEqualTo(201);
        assertThat(told.body()).isEqualTo(clerk.read("/stock/NEW/movements").path("items").path(0));
        assertThat(told.body().fieldNames()).toIterable().containsExactly("sku", "kind", "delta", "reason", "id", "at");
        assertThat(clerk.read("/stock/NEW")).isEqualTo(item("NEW", 5, 0, 5));
    }

    @Test
    void whatIsToldAgainIsShownAndCountsOnce() {
        Told received = receive("AGAIN", "r-1", 5);
        Told adjusted = adjust("AGAIN", "a-1", -5);

        assertThat(receive("AGAIN", "r-1", 5)).isEqualTo(new Told(200, received.body()));
        assertThat(adjust("AGAIN", "a-1", -5)).isEqualTo(new Told(200, adjusted.body()));
        assertThat(clerk.read("/stock/AGAIN")).isEqualTo(item("AGAIN", 0, 0, 0));
    }

    @Test
    void anIdStandsForOneMovementOfItsSku() {
        receive("ONE-ID", "id", 5);

        assertThat(Stream.of(receive("ONE-ID", "id", 6), adjust("ONE-ID", "id", 5), adjust("ONE-ID", "id", -6),
            clerk.post("/stock/ONE-ID/receipts", "{'id': 'id', 'quantity': 5}"))).allSatisfy(told -> assertThat(told.status()).isEqualTo(409));
        assertThat(receive("ANOTHER", "id", 6).status()).isEqualTo(201);
        assertThat(clerk.read("/stock/ONE-ID")).isEqualTo(item("ONE-ID", 5, 0, 5));
    }

    @Test
    void whatIsReservedIsNotTakenOut() {
        receive("HELD", "r-1", 10);
        UUID order = UUID.randomUUID();
        rig.bus().send(ORDER_CREATED, order, orderCreated(order, line("HELD", 7)));
        rig.bus().await(order, INVENTORY_RESERVED, 1);

        Told refused = adjust("HELD", "a-1", -4);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).isEqualTo("Only 3 are available");
        assertThat(adjust("HELD", "a-1", -3).status()).isEqualTo(201);
        assertThat(clerk.read("/stock/HELD")).isEqualTo(item("HELD", 7, 7, 0));
    }

    @Test
    void whatNobodyHasHeardOfIsNotThere() {
        assertThat(adjust("NOWHERE", "a-1", 1).status()).isEqualTo(404);
        assertThat(clerk.get("/stock/NOWHERE/movements").status()).isEqualTo(404);
        assertThat(clerk.get("/stock/NOWHERE").status()).isEqualTo(404);
        assertThat(clerk.get("/reservations/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void nothingGrowsBeyondWhatCanBeCounted() {
        rig.stock("FULL", 0, 999_999_999_999_999L);

        assertThat(receive("FULL", "r-1", 2).status()).isEqualTo(409);
        assertThat(receive("FULL", "r-1", 1).status()).isEqualTo(201);
        assertThat(adjust("FULL", "a-1", 1).status()).isEqualTo(409);
        assertThat(adjust("FULL", "a-1", -1_000_000_000).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "POST|/stock/GOOD/receipts|application/json|{'id': 'x', 'quantity': 0}|400", "POST|/stock/GOOD/adjustments|application/json|{'id': 'x', 'delta': 0, 'reason': 'y'}|400",
        "POST|/stock/GOOD/adjustments|application/json|{|400", "POST|/stock/GOOD/adjustments|application/json|[]|400", "POST|/stock/GOOD/adjustments|application/json|``|400",
        "POST|/stock/two%20words/receipts|application/json|{'id': 'x', 'quantity': 1}|400", "POST|/stock/GOOD/receipts|text/plain|{'id': 'x', 'quantity': 1}|415",
        "PUT|/stock/GOOD|application/json|{}|405", "DELETE|/stock/GOOD|application/json|``|405", "GET|/stock/GOOD/receipts|application/json|``|405",
        "GET|/stock/two%20words|application/json|``|404", "GET|/stock/two%20words/movements|application/json|``|404", "GET|/stock?limit=501|application/json|``|400",
        "GET|/stock/GOOD/movements?after=0|application/json|``|400", "GET|/reservations/1|application/json|``|404", "GET|/reservations|application/json|``|404"})
    void aRequestThatCannotBeDoneIsAnsweredWithAProblem(String method, String path, String contentType, String body, int status) {
        Told told = clerk.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port(Service.INVENTORY) + path)).header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));

        assertThat(told.status()).as(told.body().toString()).isEqualTo(status);
        assertThat(told.body().path("status").asInt()).isEqualTo(status);
    }

    // Lists

    @Test
    void everyMovementIsFoundOnceNewestFirstWhateverComesInMeanwhile() {
        rig.stock("PAGED", 0, 3);
        rangeClosed(1, 7).forEach(n -> receive("PAGED", "r-" + n, n));

        List<JsonNode> found = clerk.pages("/stock/PAGED/movements?limit=3", () -> receive("PAGED", "later-" + UUID.randomUUID(), 1));

        assertThat(ids(found)).containsExactly("r-7", "r-6", "r-5", "r-4", "r-3", "r-2", "r-1", "");
        assertThat(found.get(7).path("delta").asLong()).isEqualTo(3);
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        receive("JUST-FULL", "r-1", 1);
        receive("JUST-FULL", "r-2", 1);

        assertThat(clerk.read("/stock/JUST-FULL/movements?limit=2").has("next")).isFalse();
        assertThat(clerk.read("/stock/JUST-FULL/movements?limit=1").has("next")).isTrue();
        rig.stock("NEVER-MOVED", 0, 0);
        assertThat(clerk.read("/stock/NEVER-MOVED/movements")).isEqualTo(json("{'items': []}"));
    }

    @Test
    void everySkuIsFoundOnceInItsOrder() {
        Stream.of("S.2", "S-1", "S_3", "s1", "S1").forEach(sku -> receive(sku, "r-1", 1));

        List<String> skus = clerk.pages("/stock?limit=2", () -> { }).stream().map(item -> item.path("sku").asText()).toList();

        assertThat(skus).containsExactlyElementsOf(rig.sql("inventory").queryForList("select sku from stock order by sku", String.class))
            .contains("S.2", "S-1", "S_3", "s1", "S1");
        JsonNode first = clerk.read("/stock?limit=1").at("/items/0");
        assertThat(first).isEqualTo(clerk.read("/stock/" + first.path("sku").asText()));
    }

    /** A check of the table would look at each SKU again whenever its stock changes. */
    @Test
    void aSkuIsLookedAtWhereItComesInAndNotAgain() {
        rig.stock("LOOKED-AT", 1, 0);

        assertThatThrownBy(() -> rig.sql("inventory").update("insert into stock (sku) values ('no SKU')")).hasMessageContaining("'no SKU' is no SKU");
        assertThatThrownBy(() -> rig.sql("inventory").update("update stock set sku = 'no SKU' where sku = 'LOOKED-AT'")).hasMessageContaining("'no SKU' is no SKU");
        assertThat(rig.sql("inventory").queryForList("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'stock'::regclass and contype = 'c'", String.class))
            .isNotEmpty().noneMatch(check -> check.contains("sku"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"find-movements {'sku': 'BUSY', 'limit': 50}", "find-movements {'sku': 'BUSY', 'limit': 50, 'after': 9000}", "find-stock {'limit': 50}",
        "find-stock {'limit': 50, 'after': 'MANY-5'}", "move-stock {'wanted': {'sku': 'MANY-7', 'kind': 'RECEIPT', 'delta': 1, 'id': 'r-1'}, 'stock': null}"})
    void noStatementReadsAllOfATable(String run) throws Exception {
        rig.sql("inventory").execute("insert into stock (sku, available) select 'MANY-' || n, 1 from generate_series(1, 20000) as n on conflict do nothing");
        rig.sql("inventory").execute("insert into stock (sku) values ('BUSY') on conflict do nothing");
        rig.sql("inventory").execute("""
            with moved as (insert into stock_ledger (sku, kind, delta, movement_id)
                select 'BUSY', 'RECEIPT', 1, 'r-' || n from generate_series(1, 20000) as n on conflict do nothing returning sku),
            opened as (insert into stock_ledger (sku, kind, delta, movement_id) select 'MANY-' || n, 'RECEIPT', 1, 'opening' from generate_series(1, 20000) as n
                on conflict do nothing)
            update stock set available = 20000 where sku in (select sku from moved)""");
        rig.sql("inventory").execute("vacuum analyze stock, stock_ledger");
        String statement = sql(run.substring(0, run.indexOf(' '))).replace(":?body", "'" + json(run.substring(run.indexOf(' '))) + "'");

        JsonNode plan = JSON.readTree(rig.sql("inventory").queryForObject("explain (analyze, format json) " + statement, String.class));

        assertThat(plan.findValuesAsText("Node Type")).as(plan.toPrettyString()).doesNotContain("Seq Scan");
        assertThat(Stream.of("Actual Rows", "Rows Removed by Filter").flatMap(key -> plan.findValues(key).stream()))
            .allSatisfy(rows -> assertThat(rows.asDouble()).isLessThan(100));
    }

    @Test
    void aReservationIsShownAsItStands() {
        receive("SHOWN", "r-1", 10);
        UUID held = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        UUID released = UUID.randomUUID();
        UUID cancelled = UUID.randomUUID();
        rig.bus().send(ORDER_CREATED, held, orderCreated(held, line("SHOWN", 2)));
        rig.bus().send(ORDER_CREATED, released, orderCreated(released, line("SHOWN", 3)));
        rig.bus().send(ORDER_CREATED, refused, orderCreated(refused, line("SHOWN", 100)));
        rig.bus().await(released, INVENTORY_RESERVED, 1);
        rig.bus().await(refused, INVENTORY_FAILED, 1);
        rig.bus().send(ORDER_CANCELLED, released, orderCancelled(released));
        rig.bus().send(ORDER_CANCELLED, cancelled, orderCancelled(cancelled));
        rig.bus().awaitNoLag("release-inventory");
        rig.bus().awaitNoLag("reserve-inventory");

        assertThat(shown(held)).isEqualTo("HELD [{\"sku\":\"SHOWN\",\"quantity\":2}] []");
        assertThat(shown(released)).isEqualTo("RELEASED [{\"sku\":\"SHOWN\",\"quantity\":3}] []");
        assertThat(shown(refused)).isEqualTo("REFUSED [] [\"SHOWN\"]");
        assertThat(shown(cancelled)).isEqualTo("CANCELLED [] []");
        assertThat(clerk.read("/reservations/" + held).fieldNames()).toIterable().containsExactly("orderId", "state", "lines", "shortOf", "decidedAt");
        assertThat(clerk.read("/reservations/" + released).has("releasedAt")).isTrue();
    }

    private static String shown(UUID order) {
        JsonNode reservation = clerk.read("/reservations/" + order);
        assertThat(reservation.path("orderId").asText()).isEqualTo(order.toString());
        return reservation.path("state").asText() + " " + reservation.path("lines") + " " + reservation.path("shortOf");
    }

    // Many at once

    /** There is enough for one of them, so the others must not be refused for what the one has taken. */
    @Test
    void fiftyWhoTellTheSameAdjustmentAtOnceAreAllShownTheOne() {
        for (int round = 1; round <= 10; round++) {
            String sku = "SAME-" + round;
            rig.stock(sku, 0, 3);

            List<Told> told = Caller.atOnce(Collections.nCopies(50, () -> adjust(sku, "a-1", -3)));

            assertThat(told).extracting(Told::status).containsOnlyOnce(201).containsOnly(200, 201);
            assertThat(told).extracting(Told::body).containsOnly(told.get(0).body());
            assertThat(clerk.read("/stock/" + sku)).isEqualTo(item(sku, 0, 0, 0));
            assertThat(clerk.read("/stock/" + sku + "/movements").path("items")).hasSize(2);
        }
    }

    @Test
    void fiftyWhoTellOfTheSameFirstReceiptAtOnceAreAllShownTheOne() {
        for (int round = 1; round <= 10; round++) {
            String sku = "FIRST-" + round;

            List<Told> told = Caller.atOnce(Collections.nCopies(50, () -> receive(sku, "r-1", 5)));

            assertThat(told).extracting(Told::status).containsOnlyOnce(201).containsOnly(200, 201);
            assertThat(told).extracting(Told::body).containsOnly(told.get(0).body());
            assertThat(clerk.read("/stock/" + sku)).isEqualTo(item(sku, 5, 0, 5));
        }
    }

    @Test
    void aMovementIsNotRefusedForWhatItHasItselfTakenWhileItWaited() {
        rig.stock("TWIN", 0, 3);

        assertThat(whileAnother(TWIN_TAKES.replace("SKU", "TWIN"), () -> adjust("TWIN", "a-1", -3)).status()).isEqualTo(200);
        assertThat(clerk.read("/stock/TWIN")).isEqualTo(item("TWIN", 0, 0, 0));
    }

    @Test
    void aMovementThatStillFitsIsNotDoneOnceMoreWhenItHasWaited() {
        rig.stock("TWIN-FITS", 0, 30);

        assertThat(whileAnother(TWIN_TAKES.replace("SKU", "TWIN-FITS"), () -> adjust("TWIN-FITS", "a-1", -3)).status()).isEqualTo(200);
        assertThat(clerk.read("/stock/TWIN-FITS")).isEqualTo(item("TWIN-FITS", 27, 0, 27));
    }

    @Test
    void aMovementIsRefusedWhenTheStockIsTakenWhileItWaited() {
        rig.stock("GONE", 0, 3);

        Told told = whileAnother(MORE.formatted(-1, "GONE", -1), () -> adjust("GONE", "a-1", -3));

        assertThat(told.status()).isEqualTo(409);
        assertThat(told.detail()).isEqualTo("Only 2 are available");
    }

    @Test
    void aMovementIsNotRefusedForHowLittleThereWasBeforeItWaited() {
        rig.stock("RISING", 0, 1);

        assertThat(whileAnother(MORE.formatted(9, "RISING", 9), () -> adjust("RISING", "a-1", -5)).status()).isEqualTo(201);
        assertThat(clerk.read("/stock/RISING")).isEqualTo(item("RISING", 5, 0, 5));
    }

    /** The stock was looked up when there was enough, had gone when the statement began, and was back when it was its turn. */
    @Test
    void anOrderIsNotRefusedForHowLittleThereWasBeforeItWaited() {
        rig.stock("RETURNING", 0, 1);
        UUID order = UUID.randomUUID();
        String judged = "{\"judgements\": [{\"shortOf\": [], \"wanted\": [{\"sku\": \"RETURNING\", \"quantity\": 5}], \"order\": {\"orderId\": \"" + order + "\"}}]}";

        assertThat(whileAnother(MORE.formatted(9, "RETURNING", 9), () -> reserve(judged))).isEqualTo("HELD");
        assertThat(clerk.read("/stock/RETURNING")).isEqualTo(item("RETURNING", 10, 5, 5));
    }

    @Test
    void aReceiptIsAddedToWhatAnotherOpenedWhileItWaited() {
        assertThat(whileAnother("""
            with opened as (insert into stock (sku, available) values ('OPENED', 2) returning sku)
            insert into stock_ledger (sku, kind, delta, movement_id) select sku, 'RECEIPT', 2, 'r-0' from opened""", () -> receive("OPENED", "r-1", 5)).status()).isEqualTo(201);
        assertThat(clerk.read("/stock/OPENED")).isEqualTo(item("OPENED", 7, 0, 7));
    }

    /** Another does something, and commits it when the call waits for it. */
    private static <T> T whileAnother(String does, Callable<T> call) {
        try (RowLock other = RowLock.on(rig, "inventory", does)) {
            CompletableFuture<T> waiting = CompletableFuture.supplyAsync(() -> Caller.atOnce(List.of(call)).get(0));
            Rig.await("the call waits for the stock").until(() -> other.waitingClients() == 1);
            other.commit();
            return waiting.join();
        }
    }

    /** Runs the statement as its route does, and tells how the one order stands. */
    private static String reserve(String judged) throws Exception {
        try (Connection connection = rig.database("inventory").connect(); Statement statement = connection.createStatement()) {
            statement.execute("set application_name = 'orderflow test'");
            ResultSet answer = statement.executeQuery(Filled.statement("inventory/reserve-stock", JSON.readTree(judged)));
            answer.next();
            return answer.getString("state");
        }
    }

    private static String sql(String name) throws IOException {
        return new ClassPathResource("sql/inventory/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void whatMovesWhileOrdersAreReservedAndReleasedAddsUp() {
        List<String> skus = rangeClosed(1, 5).mapToObj(n -> "STORM-" + n).toList();
        skus.forEach(sku -> rig.stock(sku, 0, 100));
        List<UUID> before = orders(60);
        rig.bus().send(created(before, skus));
        rig.bus().awaitNoLag("reserve-inventory");
        List<Callable<Told>> moves = new ArrayList<>(rangeClosed(1, 200).mapToObj(n -> (Callable<Told>) () -> n % 4 == 0
            ? receive(skus.get(n % 5), "storm-" + n, n % 7 + 1) : adjust(skus.get(n % 5), "storm-" + n, n % 5 == 3 ? n % 9 + 1 : -(n % 9) - 1)).toList());
        List<UUID> meanwhile = orders(200);
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            for (int n = 0; n < 20; n++) {
                rig.bus().send(created(meanwhile.subList(10 * n, 10 * n + 10), skus));
                rig.bus().send(before.subList(3 * n, 3 * n + 3).stream().map(order -> Events.record(ORDER_CANCELLED, order, orderCancelled(order))).toList());
            }
        });

        List<Told> told = Caller.atOnce(moves);
        traffic.join();
        rig.bus().awaitNoLag("reserve-inventory");
        rig.bus().awaitNoLag("release-inventory");

        assertThat(told).extracting(Told::status).contains(201, 409).containsOnly(201, 409);
        long moved = told.stream().filter(answer -> answer.status() == 201).mapToLong(answer -> answer.body().path("delta").asLong()).sum();
        assertThat(skus.stream().mapToLong(sku -> clerk.read("/stock/" + sku).path("onHand").asLong()).sum()).isEqualTo(500 + moved);
        new Checker(rig).theStockAddsUp();
        assertThat(before).allSatisfy(order -> assertThat(clerk.read("/reservations/" + order).path("state").asText()).isIn("RELEASED", "REFUSED"));
        assertThat(meanwhile).extracting(order -> clerk.read("/reservations/" + order).path("state").asText()).contains("HELD").containsOnly("HELD", "REFUSED");
    }

    private static List<UUID> orders(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    /** Each of three SKUs, begun at another and in another order. */
    private static List<ProducerRecord<byte[], byte[]>> created(List<UUID> orders, List<String> skus) {
        return rangeClosed(1, orders.size()).mapToObj(n -> Events.record(ORDER_CREATED, orders.get(n - 1), orderCreated(orders.get(n - 1),
            line(skus.get((n * 3) % 5), n % 3 + 1), line(skus.get((n * 2 + 1) % 5), 1), line(skus.get(n % 5), 1)))).toList();
    }
}
