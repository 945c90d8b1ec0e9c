package io.orderflow.routes.door;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.http.base.HttpHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests without a thread that waits for each: the server's thread reads a request and takes the first steps of its route, and
 * whoever takes the last step writes the answer. Camel's own engine hands each to a pool, keeps that thread waiting, and sends the
 * answer through all filters once more. Of what a caller sends, a route gets to see the path, the query, the type of the body, the
 * body and the key it came under, and no header else; who asks it learns from the guard.
 */
class Waitless extends SpringBootPlatformHttpEngine {
    private static final Logger LOG = LoggerFactory.getLogger(Waitless.class);

    private final MeterRegistry meters;
    private final List<Door> open = new CopyOnWriteArrayList<>();

    Waitless(int port, MeterRegistry meters) {
        super(port);
        this.meters = meters;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new Door(endpoint, processor);
    }

    /** The route that serves such a request for certain; null where Spring MVC is to find out. */
    Door find(HttpServletRequest request) {
        for (var door : open)
            if (door.isFor(request))
                return door;
        return null;
    }

    class Door extends SpringBootPlatformHttpConsumer {
        private final String[] path;
        private final List<String> consumes;
        private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();

        Door(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor, Runnable::run);
            this.path = endpoint.getPath().split("/");
            this.consumes = endpoint.getConsumes() == null ? null : List.of(endpoint.getConsumes().split(","));
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            open.add(this);
        }

        @Override
        protected void doStop() throws Exception {
            open.remove(this);
            super.doStop();
        }

        private boolean isFor(HttpServletRequest request) {
            return request.getMethod().equals(getEndpoint().getHttpMethodRestrict()) && isAt(request.getRequestURI())
                && (consumes == null || request.getContentType() != null && consumes.contains(request.getContentType())) && isJson(request.getHeader("Accept"));
        }

        private boolean isAt(String uri) {
            if (uri.indexOf('%') >= 0 || uri.indexOf(';') >= 0 || uri.endsWith("/"))
                return false;
            var asked = uri.split("/");
            if (asked.length != path.length)
                return false;
            for (var n = 0; n < path.length; n++)
                if (!path[n].equals(asked[n]) && !(path[n].startsWith("{") && !asked[n].isEmpty()))
                    return false;
            return true;
        }

        private static boolean isJson(String accept) {
            return accept == null || accept.equals("*/*") || accept.equals("application/json");
        }

        /** The null says that nothing is left for the caller to do. */
        @Override
        public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            try {
                serve(request, response);
            } catch (Exception e) {
                fail(response, e);
            }
            return null;
        }

        private void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
            if (isSuspended()) {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
            var exchange = createExchange(true);
            exchange.setPattern(ExchangePattern.InOut);
            Who.note(exchange);
            read(request, exchange);
            createUoW(exchange);
            var visit = new Visit(exchange, request, response);
            if (!getAsyncProcessor().process(exchange, visit))
                visit.letGo();
        }

        private void read(HttpServletRequest request, Exchange exchange) throws IOException {
            var message = exchange.getMessage();
            message.setBody(request.getInputStream().readAllBytes());
            message.setHeader(Exchange.HTTP_METHOD, request.getMethod());
            message.setHeader(Exchange.HTTP_URI, request.getRequestURI());
            if (request.getQueryString() != null)
                message.setHeader(Exchange.HTTP_QUERY, request.getQueryString());
            if (request.getContentType() != null)
                message.setHeader(Exchange.CONTENT_TYPE, request.getContentType());
            var keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
            if (!keys.isEmpty())
                message.setHeader(IdempotencyKey.HEADER, String.join(", ", keys));
            if (getEndpoint().getPath().indexOf('{') >= 0)
                HttpHelper.evalPlaceholders(message.getHeaders(), request.getRequestURI().substring(1), getEndpoint().getPath().substring(1));
        }

        private void write(Exchange exchange, HttpServletResponse response) throws Exception {
            if (exchange.getException() != null)
                throw exchange.getException();
            var answer = exchange.getMessage();
            var body = answer.getBody(byte[].class);
            response.setStatus(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, HttpServletResponse.SC_OK, Integer.class));
            for (var header : answer.getHeaders().entrySet())
                if (!getEndpoint().getHeaderFilterStrategy().applyFilterToCamelHeaders(header.getKey(), header.getValue(), exchange))
                    response.setHeader(header.getKey(), header.getValue().toString());
            // The strategy holds back what is the server's to say, and this is not.
            response.setContentType(answer.getHeader(Exchange.CONTENT_TYPE, String.class));
            if (body != null) {
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        }

        private void fail(HttpServletResponse response, Exception failure) {
            LOG.warn("A request at {} could not be served: {}", getEndpoint().getPath(), failure.toString(), failure);
            try {
                if (!response.isCommitted())
                    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            } catch (IOException e) {
                LOG.debug("Nobody is there any more to be told", e);
            }
        }

        private Timer timer(int status) {
            return timers.computeIfAbsent(status, s -> Timer.builder("http.server.requests")
                .tag("method", String.valueOf(getEndpoint().getHttpMethodRestrict())).tag("uri", getEndpoint().getPath()).tag("status", String.valueOf(s)).register(meters));
        }

        /** A request on its way. Either the server's thread still has it when its answer is there, and writes it; or it has let go, and who has the answer does. */
        private class Visit implements AsyncCallback {
            private static final Object ANSWERED = new Object();

            private final long begin = System.nanoTime();
            private final Exchange exchange;
            private final HttpServletRequest request;
            private final HttpServletResponse response;
            /** The asynchronous context once the server's thread has let go, {@link #ANSWERED} once the answer is there. */
            private final AtomicReference<Object> state = new AtomicReference<>();

            Visit(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
                this.exchange = exchange;
                this.request = request;
                this.response = response;
            }

            @Override
            public void done(boolean onTheServersThread) {
                if (onTheServersThread)
                    answer();
                else if (state.getAndSet(ANSWERED) instanceof AsyncContext waiting)
                    answer(waiting);
            }

            void letGo() {
                var waiting = request.startAsync();
                // Whoever takes a batch along answers in the end; a clock of the server's own would write into an answer that is being written.
                waiting.setTimeout(0);
                if (!state.compareAndSet(null, waiting))
                    answer(waiting);
            }

            private void answer(AsyncContext waiting) {
                try {
                    answer();
                } finally {
                    waiting.complete();
                }
            }

            private void answer() {
                try {
                    write(exchange, response);
                } catch (Exception e) {
                    fail(response, e);
                } finally {
                    doneUoW(exchange);
                    releaseExchange(exchange, false);
                    timer(response.getStatus()).record(System.nanoTime() - begin, NANOSECONDS);
                }
            }
        }
    }
}
