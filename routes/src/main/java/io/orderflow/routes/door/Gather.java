package io.orderflow.routes.door;

import io.orderflow.routes.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies that wait at the same moment travel on as one batch: {@code to("gather:orders")} hands a body in and goes on with its own
 * answer once it is there, while no thread waits for it; {@code from("gather:orders")} gets a list of them and must end with a list of
 * answers in the same order. A lone body does not wait for company; but where many come, batches keep a distance, for a machine that is busy with
 * ever smaller ones answers nobody sooner. One batch travels at a time, but full ones need not wait for each other if the {@link Pace} allows it.
 * A batch that fails on its data is sent again one by one, so that nobody fails for a neighbour's fault. A body that is a list hands in each of its
 * elements and gets the list of their answers; a {@link Problem} is its own. When very many wait, nobody else is let in.
 */
public class Gather extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(Gather.class);
    private static final int LARGEST_BATCH = 500;
    /** So many batches at once, and a pool has some connections left for others. */
    private static final int MOST_AT_ONCE = 6;
    /** From the start of a batch to the start of the next: so long for each body in it, and at most so long. */
    private static final Duration REST_FOR_EACH = Duration.ofMillis(5);
    private static final Duration LONGEST_REST = Duration.ofMillis(25);
    /** What waits then takes some seconds; whoever comes is better told at once. */
    private static final int FULL = 10_000;
    private final Pace pace;
    private volatile Duration patience = Duration.ofMillis(2_500);
    /** More than a statement can take: whoever is in hand for longer waits for nothing. */
    private volatile Duration endOfPatience = Duration.ofSeconds(30);

    /** Whether full batches need not wait for each other; asked before each. */
    public interface Pace {
        boolean allowsSeveral();
    }

    public Gather(Pace pace) {
        this.pace = pace;
    }

    /** Turns whoever comes away at once while very many wait at that endpoint, before any work is done for them. */
    public record Room(String uri) {
        public void look(Exchange exchange) {
            if (exchange.getContext().hasEndpoint(uri) instanceof Meeting meeting)
                meeting.mustHaveRoom();
        }
    }

    /** Whoever has not been taken on by then is told so, while the one before waits for a database that does not answer. */
    public void setPatience(Duration patience) {
        this.patience = patience;
    }

    void setEndOfPatience(Duration endOfPatience) {
        this.endOfPatience = endOfPatience;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        return new Meeting(uri);
    }

    private record Waiting(Object body, CompletableFuture<Object> answer, long since) {

        boolean isSinceMoreThan(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }

    private class Meeting extends DefaultEndpoint {
        private final int processors = Runtime.getRuntime().availableProcessors();
        private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
        private final Map<Thread, List<Waiting>> inHand = new ConcurrentHashMap<>();
        private volatile boolean open;
        /** Who takes each on from where it waited: as many as can really run at once. */
        private ExecutorService answerers;
        private ScheduledExecutorService watch;

        Meeting(String uri) {
            super(uri, Gather.this);
        }

        private void mustHaveRoom() {
            if (!open || queue.size() >= FULL)
                throw new RejectedExecutionException((open ? "Too many wait already at " : "Nobody takes anything in at ") + getEndpointUri());
        }

        @Override
        protected void doStart() {
            answerers = getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, getEndpointUri(), processors);
            watch = getCamelContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this, getEndpointUri() + " watch");
            watch.scheduleWithFixedDelay(this::giveUp, 100, 100, TimeUnit.MILLISECONDS);
        }

        /** Who is taken out of the queue here is never taken on, and can come again; who is in hand may come to be taken on yet, and is told that nobody knows. */
        private void giveUp() {
            var longest = patience;
            for (var first = queue.peek(); first != null && first.isSinceMoreThan(longest); first = queue.peek())
                if (queue.remove(first))
                    tell(List.of(first), new RejectedExecutionException("Not taken on within " + longest.toMillis() + " ms at " + getEndpointUri()));
            inHand.values().stream().filter(batch -> batch.get(0).isSinceMoreThan(endOfPatience))
                .forEach(batch -> tell(batch, new TimeoutException("Not answered within " + endOfPatience.toSeconds() + " s at " + getEndpointUri())));
        }

        private void tell(List<Waiting> batch, List<?> answers) {
            tell(batch.size(), n -> batch.get(n).answer.complete(answers.get(n)));
        }

        private void tell(List<Waiting> batch, Throwable failure) {
            tell(batch.size(), n -> batch.get(n).answer.completeExceptionally(failure));
        }

        /** Each of the answerers is called once for its part of a batch, for a call costs as much as an answer. */
        private void tell(int size, IntConsumer one) {
            var part = (size + processors - 1) / processors;
            for (var from = 0; from < size; from += part) {
                var numbers = IntStream.range(from, Math.min(from + part, size));
                answerers.execute(() -> numbers.forEach(one));
            }
        }

        @Override
        protected void doStop() {
            getCamelContext().getExecutorServiceManager().shutdownNow(watch);
            getCamelContext().getExecutorServiceManager().shutdownGraceful(answerers);
        }

        @Override
        public Producer createProducer() {
            return new HandIn(this);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new HandOn(this, processor);
        }
    }

    private static class HandIn extends DefaultAsyncProducer {
        private final Meeting meeting;

        HandIn(Meeting meeting) {
            super(meeting);
            this.meeting = meeting;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                meeting.mustHaveRoom();
            } catch (RejectedExecutionException e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
            var body = exchange.getMessage().getBody();
            (body instanceof List<?> many ? answers(many) : handIn(body)).handle((answer, failure) -> {
                if (failure == null)
                    exchange.getMessage().setBody(answer);
                else
                    exchange.setException(failure);
                callback.done(false);
                return null;
            }).exceptionally(bug -> {
                // Nobody waits for this future: what fails here would leave its caller without an answer, and no trace of why.
                LOG.error("{} could not hand an answer on", getEndpoint().getEndpointUri(), bug);
                return null;
            });
            return false;
        }

        private CompletableFuture<Object> handIn(Object body) {
            var waiting = new Waiting(body, new CompletableFuture<>(), System.nanoTime());
            meeting.queue.add(waiting);
            return waiting.answer;
        }

        private CompletableFuture<Object> answers(List<?> many) {
            var handedIn = many.stream().map(one -> one instanceof Problem ? CompletableFuture.<Object>completedFuture(one) : handIn(one).exceptionally(this::problem)).toList();
            return CompletableFuture.allOf(handedIn.toArray(CompletableFuture[]::new)).thenApply(all -> handedIn.stream().map(CompletableFuture::join).toList());
        }

        private Problem problem(Throwable failure) {
            LOG.warn("{} answers one of many with a problem: {}", meeting.getEndpointUri(), failure.toString());
            return Answer.problem(failure);
        }
    }

    private class HandOn extends DefaultConsumer {
        private final Meeting meeting;
        private Thread worker;
        private ExecutorService helpers;

        HandOn(Meeting meeting, Processor processor) {
            super(meeting, processor);
            this.meeting = meeting;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            meeting.open = true;
            helpers = new ThreadPoolExecutor(0, MOST_AT_ONCE - 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), help -> new Thread(help, meeting.getEndpointUri() + " help"), new DiscardPolicy());
            worker = new Thread(this::work, meeting.getEndpointUri());
            worker.start();
        }

        /** Whoever has handed in is still answered: the worker leaves only an empty queue, and only then does the route come to rest. */
        @Override
        protected void doStop() throws Exception {
            meeting.open = false;
            worker.join();
            helpers.shutdown();
            helpers.awaitTermination(endOfPatience.toSeconds(), TimeUnit.SECONDS);
            super.doStop();
        }

        private void work() {
            var earliest = System.nanoTime();
            while (isRunAllowed() || !meeting.queue.isEmpty())
                try {
                    var first = meeting.queue.poll(100, TimeUnit.MILLISECONDS);
                    if (first == null)
                        continue;
                    if (meeting.queue.size() < LARGEST_BATCH)
                        TimeUnit.NANOSECONDS.sleep(earliest - System.nanoTime());
                    var batch = new ArrayList<>(List.of(first));
                    meeting.queue.drainTo(batch, LARGEST_BATCH - 1);
                    earliest = System.nanoTime() + Math.min(LONGEST_REST.toNanos(), batch.size() * REST_FOR_EACH.toNanos());
                    for (var full = meeting.queue.size() / LARGEST_BATCH; full > 0; full--)
                        helpers.execute(this::help);
                    takeInHand(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
        }

        private void help() {
            while (pace.allowsSeveral() && meeting.queue.size() >= LARGEST_BATCH) {
                var batch = new ArrayList<Waiting>();
                // Another helper may have been faster.
                if (meeting.queue.drainTo(batch, LARGEST_BATCH) > 0)
                    takeInHand(batch);
            }
        }

        private void takeInHand(List<Waiting> batch) {
            meeting.inHand.put(Thread.currentThread(), batch);
            try {
                handOn(batch);
            } finally {
                meeting.inHand.remove(Thread.currentThread());
            }
        }

        private void handOn(List<Waiting> batch) {
            try {
                meeting.tell(batch, answers(batch.stream().map(Waiting::body).toList()));
            } catch (Throwable e) {
                if (batch.size() > 1 && Failure.of(e) == Failure.PERMANENT)
                    batch.forEach(one -> handOn(List.of(one)));
                else
                    meeting.tell(batch, e);
            }
        }

        private List<?> answers(List<Object> bodies) throws Exception {
            var exchange = createExchange(true);
            try {
                exchange.getMessage().setBody(bodies);
                getProcessor().process(exchange);
                if (exchange.getException() != null)
                    throw exchange.getException();
                var answers = exchange.getMessage().getBody(List.class);
                if (answers == null || answers.size() != bodies.size())
                    throw new IllegalStateException(getEndpoint().getEndpointUri() + " must end with one answer for each of " + bodies.size() + ", but ended with " + answers);
                return answers;
            } finally {
                releaseExchange(exchange, false);
            }
        }
    }
}
