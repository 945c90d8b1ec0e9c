package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders can be found among many: each once, whatever is placed meanwhile, and without reading all of them. */
class FindOrdersTest {
    private static final int STORED = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Rig rig;
    private static JdbcTemplate orders;

    @BeforeAll
    static void fill() {
        rig = Rig.bare("orders");
        rig.host(Service.ORDER);
        rig.stock("TEAPOT", 2_450, 0);
        orders = rig.sql("orders");
        // One a second since the first of 2025; of a thousand customers each the same share; one in 10,000 is rejected.
        orders.update("""
            insert into orders (id, customer, status, reason, currency, total, payment_method, lines, created_at)
            select cast(lpad(to_hex((1735689600 + n) * 1000::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0') as uuid), 'buyer-' || n % 1000,
                   case when n % 10000 = 0 then 'REJECTED' else 'PAID' end, case when n % 10000 = 0 then 'OUT_OF_STOCK: TEAPOT' end,
                   'EUR', 100, 'pm_card_ok', '[]', to_timestamp(1735689600 + n)
            from generate_series(1, ?) as n""", STORED);
        orders.execute("vacuum analyze orders");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        var answer = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.ports.order + path)).header("Authorization", Shop.LOGIN).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> pages(String path, Runnable between) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (var next = path; next != null;) {
            JsonNode page = get(next);
            page.path("items").forEach(order -> ids.add(order.path("id").asText()));
            next = page.path("next").asText(null);
            between.run();
        }
        return ids;
    }

    @Test
    void everyOrderOfACustomerIsFoundOnceNewestFirstWhateverIsPlacedMeanwhile() throws Exception {
        var all = orders.queryForList("select cast(id as text) from orders where customer = 'buyer-7' order by id desc", String.class);

        var found = pages("/orders?customer=buyer-7&limit=9", () -> orders.update("""
            insert into orders (id, customer, currency, total, payment_method, lines) values (uuidv7(), 'buyer-7', 'EUR', 100, 'pm_card_ok', '[]')"""));

        assertThat(found).containsExactlyElementsOf(all);
    }

    @Test
    void aPageThatIsJustFullIsTheLast() throws Exception {
        assertThat(get("/orders?reason=OUT_OF_STOCK&limit=10").path("items")).hasSize(10);
        assertThat(get("/orders?reason=OUT_OF_STOCK&limit=10").has("next")).isFalse();
        assertThat(get("/orders?reason=OUT_OF_STOCK&limit=9").has("next")).isTrue();
    }

    @Test
    void fromIsIncludedAndToIsNot() throws Exception {
        assertThat(get("/orders?from=2025-01-01T00:00:10Z&to=2025-01-01T00:00:13Z").path("items")).extracting(order -> order.path("createdAt").asText())
            .containsExactly("2025-01-01T00:00:12Z", "2025-01-01T00:00:11Z", "2025-01-01T00:00:10Z");
    }

    @Test
    void whatWasPlacedIsFoundByTheTimeItShows() throws Exception {
        var placed = rig.shop.read(rig.shop.place("pm_card_ok", Shop.line("TEAPOT", 1)));
        var at = placed.path("createdAt").asText();

        assertThat(get("/orders?from=" + at + "&customer=" + placed.path("customer").asText()).path("items")).hasSize(1);
        assertThat(get("/orders?to=" + at + "&customer=" + placed.path("customer").asText()).path("items")).isEmpty();
        assertThat(placed.path("timeline").path(0).path("at").asText()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{\"customer\": \"buyer-7\"}",
        "{\"customer\": \"nobody\"}",
        "{\"status\": \"REJECTED\"}",
        "{\"status\": \"PENDING\"}",
        "{\"reason\": \"OUT_OF_STOCK\"}",
        "{\"customer\": \"buyer-7\", \"status\": \"PAID\", \"after\": \"01941f29-7c00-7000-8000-000000000000\"}",
        "{\"from\": \"01941f2b-0000-0000-0000-000000000000\", \"to\": \"01941f2c-0000-0000-0000-000000000000\"}"})
    void noSearchReadsAllOrders(String wanted) throws Exception {
        var body = JSON.readTree("{\"from\": \"00000000-0000-0000-0000-000000000000\", \"to\": \"ffffffff-ffff-ffff-ffff-ffffffffffff\", "
            + "\"after\": \"ffffffff-ffff-ffff-ffff-ffffffffffff\", \"limit\": 50}");
        JSON.readerForUpdating(body).readValue(wanted);
        var statement = new ClassPathResource("sql/orders/find-orders.sql").getContentAsString(StandardCharsets.UTF_8).replace(":?body", "'" + body + "'");

        var plan = JSON.readTree(orders.queryForObject("explain (analyze, format json) " + statement, String.class));

        assertThat(plan.findValuesAsText("Node Type")).doesNotContain("Seq Scan");
        assertThat(Stream.of("Actual Rows", "Rows Removed by Filter").flatMap(key -> plan.findValues(key).stream())).allSatisfy(rows -> assertThat(rows.asDouble()).isLessThan(1_000));
    }
}
