package io.orderflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.routes.door.Gather;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** More orders come than can be taken in, or finished. */
class OverloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String ORDER = """
        {"customer": "crowd", "currency": "EUR", "paymentMethod": "pm_card_ok", "lines": [{"sku": "TEAPOT", "quantity": 1}]}""";

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.bare("orders");
        rig.host(Service.ORDER).getBean(Gather.class).setPatience(Duration.ofMinutes(1));
        rig.stock("TEAPOT", 2_450, 0);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static CompletableFuture<HttpResponse<String>> send(String path, String body) {
        return HTTP.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.ports.order + path)).header("Authorization", Shop.LOGIN).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    }

    /** Nothing is done for whoever is turned away: what they ask is not even read. */
    private static void whatCannotBeReadIsTurnedAwayToo() {
        assertThat(Stream.of("/orders", "/orders/batch").map(path -> send(path, "this is not JSON").join()).toList()).extracting(HttpResponse::statusCode).containsOnly(503);
    }

    private static JsonNode results(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("results");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverComesWhenVeryManyWaitIsAskedToComeAgainAndAllOthersAreServed() {
        List<CompletableFuture<HttpResponse<String>>> guests = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> crowds;
        String thousand = "[" + String.join(",", Collections.nCopies(1000, ORDER)) + "]";
        try (RowLock lock = RowLock.on(rig, "orders", "lock table orders in exclusive mode")) {
            guests.add(send("/orders", ORDER));
            Rig.await("the first one's statement waits").until(() -> lock.waitingClients() == 1);
            crowds = IntStream.range(0, 10).mapToObj(n -> send("/orders/batch", thousand)).toList();
            Rig.await("somebody is turned away").until(() -> {
                guests.add(send("/orders", ORDER));
                return guests.stream().anyMatch(CompletableFuture::isDone);
            });
            whatCannotBeReadIsTurnedAwayToo();
        }

        var answers = guests.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202, 503);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 503).isNotEmpty()
            .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After")).hasValue("1"));
        assertThat(crowds).allSatisfy(crowd -> assertThat(results(crowd.join())).hasSize(1000).allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(202)));
        long accepted = answers.stream().filter(answer -> answer.statusCode() == 202).count() + 10_000;
        assertThat(rig.sql("orders").queryForObject("select count(*) from orders where customer = 'crowd'", Long.class)).isEqualTo(accepted);
    }

    /** Nobody else is here, so what is placed stays on its way. */
    @Test
    void whatIsOnItsWaySinceAMomentAgoIsCountedAndWhatIsOlderOrEndedIsNot() throws IOException {
        long before = pending();
        rig.sql("orders").update("""
            insert into orders (id, customer, status, currency, total, payment_method, lines)
            select uuidv7(-age), 'ann', status, 'EUR', 1, 'pm_card_ok', '[]'
            from (values (interval '0', 'PENDING'), ('59 seconds', 'PENDING'), ('2 minutes', 'PENDING'), ('0', 'PAID'), ('0', 'REJECTED')) as given(age, status)""");

        assertThat(pending()).isEqualTo(before + 2);
    }

    private static long pending() throws IOException {
        String statement = new ClassPathResource("sql/orders/count-pending-orders.sql").getContentAsString(UTF_8).replace(":?body", "?");
        return rig.sql("orders").queryForObject(statement, Long.class, "70");
    }
}
