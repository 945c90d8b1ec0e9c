package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.Shop.Outcome;
import io.orderflow.local.Shop.Visit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the system stands on goes away for a while, in the middle of the day's business. */
class OutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Pattern AGE_OF_THE_OUTBOX = Pattern.compile("orderflow_outbox_age_seconds\\{[^}]*database=\"orders\"[^}]*} (\\S+)");

    private static Rig rig;
    private static Random random;

    @BeforeAll
    static void start() {
        rig = Rig.whole();
        random = Traffic.random("outages");
        Traffic.stock(rig);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void withoutTheDatabasesNothingIsAcceptedAndNothingThatWasIsLost() {
        try (Traffic traffic = Traffic.flowing(rig.shop, random, 3, 40)) {
            awaitAccepted(100);
            rig.postgres.stop();
            long away = System.nanoTime();
            awaitOutage(away);
            List<Visit> during = visitsSince(away);
            int ready = probe("readiness");
            int alive = probe("liveness");
            rig.postgres.start();

            assertThat(ready).as("readiness").isEqualTo(503);
            assertThat(alive).as("liveness").isEqualTo(200);

            assertThat(during).as("requests during the outage").hasSizeGreaterThanOrEqualTo(10).allSatisfy(visit -> {
                assertThat(visit.status()).as("status").isEqualTo(503);
                assertThat(visit.retryAfter()).as("Retry-After").matches("[1-9][0-9]*");
                assertThat(visit.mediaType()).isEqualTo("application/problem+json");
                assertThat(visit.answer().toString()).doesNotContain("Exception", "java.", "org.", "jdbc", "select");
            });
            awaitAccepted(100);
        }
        rig.awaitTheEnd();
        new Checker(rig).clean();
    }

    @Test
    void withoutTheBrokerOrdersAreStillAcceptedAndAllOfThemEndWhenItIsBack() {
        try (Traffic traffic = Traffic.flowing(rig.shop, random, 3, 40)) {
            awaitAccepted(100);
            rig.broker.stop();
            long away = System.nanoTime();
            awaitOutage(away);
            List<Visit> during = visitsSince(away);
            int ready = probe("readiness");
            Rig.await("the metrics tell that events wait").until(() -> ageOfTheOutbox() > 1);
            rig.broker.start();

            assertThat(ready).as("readiness").isEqualTo(200);

            assertThat(during).as("requests during the outage").hasSizeGreaterThanOrEqualTo(100).allMatch(visit -> visit.outcome() == Outcome.ACCEPTED);
        }
        rig.awaitTheEnd();
        new Checker(rig).clean();
        Rig.await("the metrics tell that no event waits").until(() -> ageOfTheOutbox() == 0);
    }

    /** For how many seconds the oldest event that is not published has waited. */
    private static double ageOfTheOutbox() {
        Matcher age = AGE_OF_THE_OUTBOX.matcher(rig.management(Service.ORDER, "/actuator/prometheus"));
        assertThat(age.find()).isTrue();
        return Double.parseDouble(age.group(1));
    }

    /** What an orchestrator is told of the order app. */
    private static int probe(String group) {
        return ApiClient.sendAsNobody(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.managementPort(Service.ORDER) + "/actuator/health/" + group))).statusCode();
    }

    private static void awaitAccepted(int more) {
        int before = rig.shop.accepted().size();
        Rig.await(more + " more orders are accepted").until(() -> rig.shop.accepted().size() >= before + more);
    }

    /** The outage itself: it lasts its time, and ten customers at least have come meanwhile. */
    private static void awaitOutage(long begin) {
        Rig.await("an outage of " + OUTAGE).until(() -> System.nanoTime() - begin >= OUTAGE.toNanos() && visitsSince(begin).size() >= 10);
    }

    /** Requests that were sent after the thing was away for certain, and have their answer. */
    private static List<Visit> visitsSince(long time) {
        return rig.shop.visits().stream().filter(visit -> visit.sent() - time > 0).toList();
    }
}
