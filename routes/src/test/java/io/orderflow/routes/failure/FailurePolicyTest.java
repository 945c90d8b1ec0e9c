package io.orderflow.routes.failure;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.Bench.letters;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.batch.Letters.are;
import static io.orderflow.routes.batch.Letters.byType;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.orderCancelled;
import static io.orderflow.routes.event.Topics.parked;
import static io.orderflow.routes.failure.FailurePolicy.LEAVE;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_LEAVE;
import static io.orderflow.routes.failure.FailurePolicy.RETRY_THEN_PARK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Records;
import io.orderflow.routes.batch.TestRecords;
import io.orderflow.routes.event.Event;
import io.orderflow.routes.event.Examples;
import io.orderflow.routes.event.OrderCancelled;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyTest {
    private static final TopicPartition FIRST = new TopicPartition("given", 0);
    private static final TopicPartition SECOND = new TopicPartition("given", 1);
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final TestRecords records = new TestRecords(camel);
    private final ProducerTemplate template = camel.createProducerTemplate();
    private final List<String> journal = new ArrayList<>();

    /** A step as all of ours are: read, write, publish by type, park, commit. */
    private static RouteBuilder step(String id) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).routeId(id).routeConfigurationId(RETRY_THEN_PARK)
                    .bean(new Records<>(Event.class), "read")
                    .to("mock:write")
                    .split(byType((List<Event> events) -> events)).stopOnException()
                        .choice()
                            .when(are(OrderCancelled.class))
                                .to("mock:publish-cancelled")
                            .otherwise()
                                .to("mock:publish-others")
                        .end()
                    .end()
                    .bean(Parking.class)
                    .bean(Commit.class);
            }
        };
    }

    private void start(Duration patience, RouteBuilder... steps) throws Exception {
        camel.addComponent("kafka", Workbench.broker());
        camel.getRegistry().bind("lastResort", new LastResort());
        camel.addRoutes(new FailurePolicy(patience));
        for (var step : steps)
            camel.addRoutes(step);
        camel.start();
        for (var name : List.of("write", "publish-cancelled", "publish-others"))
            mock(name).setReporter(exchange -> journal.add(name));
        mock("kafka:" + parked("step")).setReporter(exchange -> journal.add("park"));
        records.onCommit(commit -> journal.add("commit"));
    }

    private void start(Duration patience) throws Exception {
        start(patience, step("step"));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private MockEndpoint mock(String name) {
        return camel.getEndpoint(name.contains(":") ? name : "mock:" + name, MockEndpoint.class);
    }

    private List<Exchange> batch(Object... values) {
        return Arrays.stream(values).map(value -> record(0, value)).toList();
    }

    /** A record that says of itself what type of event it is, for this step takes any. */
    private Exchange record(int partition, Object value) {
        return value instanceof Event event ? records.record("given", partition, TestRecords.key(event), written(event)) : records.record("given", partition, value);
    }

    private static byte[] written(Event event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange send(List<Exchange> batch) {
        return template.send("direct:step", exchange -> exchange.getMessage().setBody(batch));
    }

    /** Fails with one after the other, where there is one; then goes well. */
    private static Processor failing(Exception... failures) {
        var left = new ArrayList<>(Arrays.asList(failures));
        return exchange -> {
            var failure = left.isEmpty() ? null : left.remove(0);
            if (failure != null)
                throw failure;
        };
    }

    /** Fails wherever the event of one of these orders is among those written. */
    private static Processor failingOn(Exception failure, int... numbers) {
        var culprits = IntStream.of(numbers).mapToObj(Examples::id).toList();
        return exchange -> {
            for (var event : exchange.getMessage().getBody(List.class))
                if (culprits.contains(((Event) event).orderId()))
                    throw failure;
        };
    }

    private static SQLException outage() {
        return new SQLException("terminating connection due to administrator command", "57P01");
    }

    private static SQLException broken() {
        return new SQLException("new row violates a check constraint", "23514");
    }

    private List<Message> parkedRecords() {
        return letters(mock("kafka:" + parked("step")));
    }

    @Test
    void anOutageIsRetriedInPlaceAndNothingIsParked() throws Exception {
        start(PATIENT);
        mock("write").whenAnyExchangeReceived(failing(outage(), outage()));

        assertThat(failure(send(batch(orderCancelled(1))))).isNull();

        assertThat(journal).containsExactly("write", "write", "write", "publish-cancelled", "commit");
    }

    @Test
    void whenPatienceIsUsedUpTheBatchBreaks() throws Exception {
        start(Duration.ofMillis(150));
        var away = outage();
        mock("write").whenAnyExchangeReceived(failing(away, away, away, away, away, away));
        var before = System.nanoTime();

        assertThat(failure(send(batch(orderCancelled(1), "{nonsense")))).isSameAs(away);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(145));
        assertThat(journal).containsOnly("write").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void allRetriesOfABatchAndItsPartsShareOneTime() throws Exception {
        start(PATIENT);
        var away = outage();
        mock("write").whenAnyExchangeReceived(failing(broken(), away));
        var batch = batch(orderCancelled(1), orderCancelled(2));

        var old = template.send("direct:step", exchange -> {
            exchange.getMessage().setBody(batch);
            exchange.setProperty("received-at", System.currentTimeMillis() - PATIENT.toMillis());
        });

        assertThat(failure(old)).isSameAs(away);
        assertThat(journal).containsExactly("write", "write");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 249, 250, 499})
    void ofFiveHundredWithOneBadTheOthersAreDoneAndOneIsParkedAsItWas(int culprit) throws Exception {
        start(PATIENT);
        mock("write").whenAnyExchangeReceived(failingOn(broken(), culprit));
        records.onCommit(commit -> assertThat(doneUpTo(commit.get(FIRST))).as("committed: " + commit).isTrue());
        var batch = batch(IntStream.range(0, 500).mapToObj(Examples::orderCancelled).toArray());

        assertThat(failure(send(batch))).isNull();

        assertThat(parkedRecords()).singleElement().satisfies(record -> {
            assertThat(record.getBody()).isEqualTo(batch.get(culprit).getMessage().getBody());
            assertThat(record.getHeaders()).containsEntry(KafkaConstants.KEY, batch.get(culprit).getMessage().getHeader(KafkaConstants.KEY))
                .containsEntry("parked-topic", "given").containsEntry("parked-partition", "0").containsEntry("parked-offset", String.valueOf(culprit))
                .containsEntry("parked-error", SQLException.class.getName()).containsEntry("parked-message", "new row violates a check constraint");
        });
        assertThat(letters(mock("publish-cancelled"))).hasSize(499);
        assertThat(records.commits()).extracting(commit -> commit.get(FIRST)).isSorted().endsWith(500L);
    }

    /** Is every record before this offset published or parked by now? */
    private boolean doneUpTo(long offset) {
        var done = new TreeSet<Long>();
        letters(mock("publish-cancelled")).forEach(letter -> done.add(
            UUID.fromString(new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8)).getLeastSignificantBits() & 0xFFFF));
        parkedRecords().forEach(record -> done.add(Long.valueOf(record.getHeader("parked-offset", String.class))));
        return LongStream.range(0, offset).allMatch(done::contains);
    }

    @Test
    void eachOfManyBadRecordsIsParkedOnce() throws Exception {
        start(PATIENT);
        mock("write").whenAnyExchangeReceived(failingOn(broken(), 3, 4, 17));

        assertThat(failure(send(batch(IntStream.range(0, 20).mapToObj(n -> n % 6 == 5 ? "{nonsense" : orderCancelled(n)).toArray())))).isNull();

        assertThat(parkedRecords()).extracting(record -> record.getHeader("parked-offset")).containsExactlyInAnyOrder("3", "4", "5", "11", "17");
        assertThat(letters(mock("publish-cancelled"))).hasSize(15);
        assertThat(records.commits()).extracting(commit -> commit.get(FIRST)).isSorted().endsWith(20L);
    }

    @Test
    void aRecordThatIsTooLargeForTheBrokerIsParkedAndTheOthersAreAnswered() throws Exception {
        start(PATIENT);
        mock("publish-others").whenAnyExchangeReceived(answering(List.class, letters -> {
            if (letters.size() > 0 && letters.stream().anyMatch(letter -> hasKey(letter, 2)))
                throw new RecordTooLargeException("2 MB");
            return letters;
        }));

        assertThat(failure(send(batch(orderCancelled(1), captured(2), captured(3), orderCancelled(4))))).isNull();

        assertThat(parkedRecords()).extracting(record -> record.getHeader("parked-offset")).containsExactly("1");
        assertThat(letters(mock("publish-cancelled"))).extracting(FailurePolicyTest::key).contains(Examples.id(1).toString(), Examples.id(4).toString());
        assertThat(letters(mock("publish-others"))).extracting(FailurePolicyTest::key).contains(Examples.id(3).toString());
        assertThat(records.commits()).extracting(commit -> commit.get(FIRST)).isSorted().doesNotHaveDuplicates().endsWith(4L);
    }

    private static String key(Message letter) {
        return new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8);
    }

    private static boolean hasKey(Object letter, int number) {
        return key((Message) letter).equals(Examples.id(number).toString());
    }

    @Test
    void anOutageWhileABatchIsTakenApartBreaksItAndParksNothing() throws Exception {
        start(Duration.ZERO);
        var away = outage();
        mock("write").whenAnyExchangeReceived(failing(broken(), null, away));

        assertThat(failure(send(batch(orderCancelled(0), orderCancelled(1), orderCancelled(2), orderCancelled(3))))).isSameAs(away);

        assertThat(parkedRecords()).isEmpty();
        assertThat(records.commits()).containsExactly(Map.of(FIRST, 2L));
    }

    @Test
    void aRecordThatCannotBeParkedBreaksTheBatch() throws Exception {
        start(Duration.ZERO);
        var away = new TimeoutException("The broker is away");
        mock("write").whenAnyExchangeReceived(failingOn(broken(), 1));
        mock("kafka:" + parked("step")).whenAnyExchangeReceived(failing(away, away, away, away));

        assertThat(failure(send(batch(orderCancelled(1))))).isSameAs(away);

        assertThat(records.commits()).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeEvenToBeParkedBreaksTheBatch() throws Exception {
        start(PATIENT);
        var tooLarge = new RecordTooLargeException("2 MB");
        mock("kafka:" + parked("step")).whenAnyExchangeReceived(failing(IntStream.range(0, 20).mapToObj(n -> tooLarge).toArray(Exception[]::new)));

        assertThat(failure(send(batch("{nonsense")))).isNotNull();

        assertThat(records.commits()).isEmpty();
    }

    @Test
    void anUnknownFailureIsNeverParked() throws Exception {
        start(PATIENT);
        var bug = new ClassCastException("Integer cannot be cast to Long");
        mock("write").whenAnyExchangeReceived(failingOn(bug, 1));

        assertThat(failure(send(batch(orderCancelled(1))))).isSameAs(bug);

        assertThat(journal).containsExactly("write", "write", "write");
    }

    @Test
    void aBugHoldsUpWhatComesAfterItInItsPartitionAndNothingElse() throws Exception {
        start(PATIENT);
        var bug = new ClassCastException("Integer cannot be cast to Long");
        mock("write").whenAnyExchangeReceived(failingOn(bug, 3));

        assertThat(failure(send(List.of(
            record(0, orderCancelled(1)), record(1, orderCancelled(2)),
            record(0, orderCancelled(3)), record(1, orderCancelled(4)),
            record(0, orderCancelled(5)))))).isSameAs(bug);

        assertThat(parkedRecords()).isEmpty();
        assertThat(records.commits()).containsExactlyInAnyOrder(Map.of(FIRST, 1L), Map.of(SECOND, 2L));
        assertThat(letters(mock("publish-cancelled"))).extracting(FailurePolicyTest::key)
            .containsExactlyInAnyOrder(Examples.id(1).toString(), Examples.id(2).toString(), Examples.id(4).toString());
    }

    @Test
    void aFailedPublishIsRetriedOnThatPartOnly() throws Exception {
        start(PATIENT);
        mock("publish-others").whenAnyExchangeReceived(failing(new TimeoutException("The broker is away"), new TimeoutException("The broker is away")));

        assertThat(failure(send(batch(orderCancelled(1), captured(1))))).isNull();

        assertThat(journal).containsExactly("write", "publish-cancelled", "publish-others", "publish-others", "publish-others", "commit");
    }

    @Test
    void aBugInAPartIsTriedAsOftenAsAnywhereElse() throws Exception {
        start(PATIENT);
        var bug = new ClassCastException("Integer cannot be cast to Long");
        mock("publish-cancelled").whenAnyExchangeReceived(failing(IntStream.range(0, 100).mapToObj(n -> bug).toArray(Exception[]::new)));

        assertThat(failure(send(batch(orderCancelled(1))))).isSameAs(bug);

        assertThat(journal).containsExactly("write", "publish-cancelled", "publish-cancelled", "publish-cancelled");
    }

    @Test
    void aFailedPublishReachesNeitherTheNextGroupNorTheCommit() throws Exception {
        start(Duration.ZERO);
        var away = new TimeoutException("The broker is away");
        mock("publish-cancelled").whenAnyExchangeReceived(failing(away));

        assertThat(failure(send(batch(orderCancelled(1), captured(1), "{nonsense")))).isSameAs(away);

        assertThat(journal).containsExactly("write", "publish-cancelled");
    }

    @Test
    void aCommitThatFindsTheBrokerAwayIsTriedAgain() throws Exception {
        start(PATIENT);
        var away = new ArrayList<>(List.of(new TimeoutException("The broker is away")));
        records.onCommit(commit -> {
            if (!away.isEmpty())
                throw away.remove(0);
        });

        assertThat(failure(send(batch(orderCancelled(1))))).isNull();

        assertThat(journal).containsExactly("write", "publish-cancelled");
        assertThat(records.commits()).containsExactly(Map.of(FIRST, 1L));
    }

    @Test
    void twoRoutesShareThePolicyAndEachParksItsOwn() throws Exception {
        start(PATIENT, step("step"), step("another-step"));
        mock("write").whenAnyExchangeReceived(failingOn(broken(), 1, 2));

        template.send("direct:step", exchange -> exchange.getMessage().setBody(batch(orderCancelled(1))));
        template.send("direct:another-step", exchange -> exchange.getMessage().setBody(batch(orderCancelled(2))));

        assertThat(parkedRecords()).extracting(record -> record.getHeader("parked-offset")).containsExactly("0");
        assertThat(letters(mock("kafka:" + parked("another-step")))).extracting(record -> record.getHeader("parked-offset")).containsExactly("1");
        assertThat(records.commits()).containsExactly(Map.of(FIRST, 1L), Map.of(FIRST, 2L));
    }

    private static RouteBuilder listener(String policy) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:step").routeId("listener").routeConfigurationId(policy).to("mock:write");
            }
        };
    }

    @Test
    void aRouteOfAClockWaitsForAnOutageToo() throws Exception {
        start(PATIENT, listener(RETRY_THEN_LEAVE));
        mock("write").whenAnyExchangeReceived(failing(outage(), outage()));

        assertThat(failure(send(List.of()))).isNull();

        assertThat(journal).containsExactly("write", "write", "write");
    }

    @Test
    void aRouteOfAClockLeavesWhatCanNeverSucceed() throws Exception {
        start(PATIENT, listener(RETRY_THEN_LEAVE));
        var broken = broken();
        mock("write").whenAnyExchangeReceived(failing(broken, broken));

        assertThat(failure(send(List.of()))).isSameAs(broken);

        assertThat(journal).containsExactly("write");
    }

    @Test
    void aRouteOfAnOutboxWaitsForNothing() throws Exception {
        start(PATIENT, listener(LEAVE));
        var outage = outage();
        mock("write").whenAnyExchangeReceived(failing(outage));

        assertThat(failure(send(List.of()))).isSameAs(outage);

        assertThat(journal).containsExactly("write");
    }
}
