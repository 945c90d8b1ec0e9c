package io.orderflow.routes.door;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultAsyncProcessorAwaitManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class GatherTest {
    private volatile boolean several = true;
    private final Gather gather = new Gather(() -> several);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template = camel.createProducerTemplate();
    private final List<List<?>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstHasCome = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile Step step = bodies -> bodies.stream().map(body -> "answer to " + body).toList();

    private interface Step {
        Object answer(List<?> bodies) throws Exception;
    }

    /** Somebody who hands in and waits. */
    private class Guest extends FutureTask<Object> {
        private final Thread thread = new Thread(this);

        Guest(Object body) {
            super(() -> template.requestBody("gather:table", body));
            thread.setDaemon(true);
            thread.start();
        }

        void awaitHasHandedIn() {
            while (Arrays.stream(thread.getStackTrace()).noneMatch(Guest::waits))
                Thread.onSpinWait();
        }

        /** The same class also hands in, before it waits. */
        private static boolean waits(StackTraceElement frame) {
            return frame.getClassName().equals(DefaultAsyncProcessorAwaitManager.class.getName()) && frame.getMethodName().equals("await");
        }

        Object answer() throws Exception {
            return get(10, SECONDS);
        }
    }

    @BeforeEach
    void start() throws Exception {
        gather.setPatience(Duration.ofMinutes(1));
        camel.addComponent("gather", gather);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gather:table").routeId("table").process(exchange -> {
                    var bodies = exchange.getMessage().getBody(List.class);
                    batches.add(bodies);
                    if (bodies.contains("first")) {
                        firstHasCome.countDown();
                        goOn.await();
                    }
                    exchange.getMessage().setBody(step.answer(bodies));
                });
            }
        });
        camel.start();
        template.start();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        camel.stop();
    }

    /** Guests who wait together, since one before them keeps the table busy. */
    private List<Guest> waitingTogether(Object... bodies) throws Exception {
        var guests = new ArrayList<>(List.of(new Guest("first")));
        firstHasCome.await();
        for (var body : bodies) {
            guests.add(new Guest(body));
            guests.get(guests.size() - 1).awaitHasHandedIn();
        }
        return guests;
    }

    @Test
    void aLoneBodyGoesOnAlone() throws Exception {
        assertThat(new Guest("a").answer()).isEqualTo("answer to a");

        assertThat(batches).isEqualTo(List.of(List.of("a")));
    }

    @Test
    void thoseWhoWaitTogetherTravelAsOneBatchAndEachGetsItsOwnAnswer() throws Exception {
        var guests = waitingTogether("a", "b", "c");
        goOn.countDown();

        assertThat(guests.get(1).answer()).isEqualTo("answer to a");
        assertThat(guests.get(2).answer()).isEqualTo("answer to b");
        assertThat(guests.get(3).answer()).isEqualTo("answer to c");
        assertThat(batches).isEqualTo(List.of(List.of("first"), List.of("a", "b", "c")));
    }

    @Test
    void whoeverIsNotTakenOnInTimeIsToldSoAndNeverIs() throws Exception {
        gather.setPatience(Duration.ofMillis(200));
        var guests = waitingTogether("a", "b");

        assertThatThrownBy(guests.get(1)::answer).hasRootCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(guests.get(2)::answer).hasRootCauseInstanceOf(RejectedExecutionException.class);
        goOn.countDown();
        assertThat(guests.get(0).answer()).isEqualTo("answer to first");
        assertThat(new Guest("c").answer()).isEqualTo("answer to c");
        assertThat(batches).isEqualTo(List.of(List.of("first"), List.of("c")));
    }

    @Test
    void whoeverIsInHandForTooLongIsToldThatNobodyKnowsAndTheNextIsServed() throws Exception {
        gather.setEndOfPatience(Duration.ofMillis(200));
        var guest = new Guest("first");

        assertThatThrownBy(guest::answer).hasRootCauseInstanceOf(TimeoutException.class);
        goOn.countDown();
        assertThat(new Guest("a").answer()).isEqualTo("answer to a");
    }

    @Test
    void aBatchIsNeverLargerThanAStatementIsMeantFor() throws Exception {
        var guests = waitingTogether(IntStream.range(0, 501).boxed().toArray());
        goOn.countDown();

        for (var guest : guests)
            guest.answer();
        assertThat(batches).extracting(List::size).containsExactly(1, 500, 1);
    }

    /** Both are in hand before either is answered, or neither ever is. */
    @Test
    void fullBatchesDoNotWaitForEachOther() throws Exception {
        var both = new CyclicBarrier(2);
        step = bodies -> {
            if (bodies.size() == 500)
                both.await(10, SECONDS);
            return bodies;
        };
        var guests = waitingTogether(Collections.nCopies(1_000, "a"));
        goOn.countDown();

        assertThat(guests.get(1).answer()).asList().hasSize(1_000).containsOnly("a");
        assertThat(batches).extracting(List::size).containsExactly(1, 500, 500);
    }

    @Test
    void whereThePaceDoesNotAllowSeveralOneFollowsTheOther() throws Exception {
        several = false;
        var inHand = new AtomicInteger();
        step = bodies -> {
            assertThat(inHand.incrementAndGet()).isEqualTo(1);
            Thread.yield();
            inHand.decrementAndGet();
            return bodies;
        };
        var guests = waitingTogether(Collections.nCopies(10_000, "a"));
        goOn.countDown();

        assertThat(guests.get(1).answer()).asList().hasSize(10_000).containsOnly("a");
    }

    @Test
    void whatKeepsAnAnswerFromItsCallerLeavesATrace() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(Gather.class);
        var traces = new ListAppender<ILoggingEvent>();
        traces.list = new CopyOnWriteArrayList<>();
        traces.start();
        logger.addAppender(traces);
        logger.setLevel(Level.ERROR);
        try {
            var exchange = camel.getEndpoint("gather:table").createExchange();
            exchange.getMessage().setBody("a");
            ((AsyncProducer) camel.getEndpoint("gather:table").createProducer()).process(exchange, done -> {
                throw new StackOverflowError();
            });

            Awaitility.await().until(() -> !traces.list.isEmpty());
            assertThat(traces.list.get(0).getThrowableProxy().getCause().getClassName()).isEqualTo(StackOverflowError.class.getName());
            assertThat(new Guest("b").answer()).isEqualTo("answer to b");
        } finally {
            logger.setLevel(null);
            logger.detachAppender(traces);
        }
    }

    @Test
    void aListHandsInEachOfItsElementsAndGetsTheListOfTheirAnswers() throws Exception {
        var refused = Problem.of(400, "Bad Request", "unreadable", List.of());

        assertThat(new Guest(List.of("a", refused, "b")).answer()).isEqualTo(List.of("answer to a", refused, "answer to b"));

        assertThat(batches.stream().flatMap(List::stream)).asList().containsExactly("a", "b");
    }

    @Test
    void oneOfAListThatFailsOnItsDataIsAProblemAtItsPlace() throws Exception {
        step = bodies -> {
            if (bodies.contains("bad"))
                throw new SQLException("value too long", "22001");
            return bodies;
        };

        assertThat((List<?>) new Guest(List.of("a", "bad", "c")).answer()).satisfiesExactly(
            first -> assertThat(first).isEqualTo("a"),
            bad -> assertThat(bad).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(500)),
            last -> assertThat(last).isEqualTo("c"));
    }

    @Test
    void eachOfAListIsAskedToTryAgainInAnOutage() throws Exception {
        step = bodies -> {
            throw new SQLException("the database system is starting up", "57P03");
        };

        assertThat((List<?>) new Guest(List.of("a", "b")).answer()).hasSize(2)
            .allSatisfy(answer -> assertThat(answer).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(503)));
    }

    @Test
    void oneThatFailsOnItsDataDoesNotFailItsNeighbours() throws Exception {
        step = bodies -> {
            if (bodies.contains("bad"))
                throw new SQLException("value too long", "22001");
            return bodies;
        };
        var guests = waitingTogether("a", "bad", "c");
        goOn.countDown();

        assertThat(guests.get(1).answer()).isEqualTo("a");
        assertThat(guests.get(3).answer()).isEqualTo("c");
        assertThatThrownBy(guests.get(2)::answer).hasRootCauseInstanceOf(SQLException.class);
        assertThat(batches).isEqualTo(List.of(List.of("first"), List.of("a", "bad", "c"), List.of("a"), List.of("bad"), List.of("c")));
    }

    @Test
    void anOutageFailsAllOfABatchAndIsNotTriedAgainOneByOne() throws Exception {
        step = bodies -> {
            throw new SQLException("the database system is shutting down", "57P03");
        };
        var guests = waitingTogether("a", "b");
        goOn.countDown();

        for (var guest : guests)
            assertThatThrownBy(guest::answer).hasRootCauseInstanceOf(SQLException.class);
        assertThat(batches).hasSize(2);
    }

    @Test
    void aBugFailsAllOfABatchAndTheNextIsServed() throws Exception {
        step = bodies -> {
            step = List::copyOf;
            throw new StackOverflowError();
        };
        var guest = new Guest("a");

        assertThatThrownBy(guest::answer).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(new Guest("b").answer()).isEqualTo("b");
    }

    @Test
    void nobodyGetsTheAnswerOfAnotherWhereAnswersAreMissing() throws Exception {
        step = bodies -> bodies.subList(0, bodies.size() - 1);
        var guests = waitingTogether("a", "b");
        goOn.countDown();

        for (var guest : guests)
            assertThatThrownBy(guest::answer).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoeverHasHandedInIsStillAnsweredWhenItStops() throws Exception {
        var guests = waitingTogether("a", "b");
        var stopping = new FutureTask<>(() -> {
            camel.getRouteController().stopRoute("table");
            return true;
        });
        new Thread(stopping).start();
        goOn.countDown();

        assertThat(guests.get(0).answer()).isEqualTo("answer to first");
        assertThat(guests.get(1).answer()).isEqualTo("answer to a");
        assertThat(guests.get(2).answer()).isEqualTo("answer to b");
        assertThat(stopping.get(10, SECONDS)).isTrue();
    }

    @Test
    void whenVeryManyWaitNobodyElseIsLetIn() throws Exception {
        var guests = waitingTogether(Collections.nCopies(10_000, "a"));

        assertThatThrownBy(new Guest("late")::answer).hasRootCauseInstanceOf(RejectedExecutionException.class);

        goOn.countDown();
        assertThat((List<?>) guests.get(1).answer()).hasSize(10_000);
        assertThat(new Guest("later").answer()).isEqualTo("answer to later");
    }

    @Test
    void whoeverComesAfterItHasStoppedIsTurnedAwayAtOnce() throws Exception {
        camel.getRouteController().stopRoute("table");

        var late = new Guest("late");
        late.thread.join(3_000);
        assertThat(late.isDone()).isTrue();
    }
}
