package io.orderflow.routes.door;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpBinding;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests without a thread that waits for each: the server's thread reads a request and takes the first steps of its route, and
 * whoever takes the last step writes the answer. Camel's own engine hands each to a pool, keeps that thread waiting, and sends the
 * answer through all filters once more.
 */
class Waitless extends SpringBootPlatformHttpEngine {
    private static final Logger LOG = LoggerFactory.getLogger(Waitless.class);

    Waitless(int port) {
        super(port);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new Door(endpoint, processor);
    }

    private static class Door extends SpringBootPlatformHttpConsumer {
        private final SpringBootPlatformHttpBinding reading = new SpringBootPlatformHttpBinding();

        Door(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor, Runnable::run);
            reading.setHeaderFilterStrategy(endpoint.getHeaderFilterStrategy());
            reading.setUseReaderForPayload(!endpoint.isUseStreaming());
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
            exchange.setIn(new PlatformHttpMessage(request, response, exchange, reading, false));
            exchange.getIn(PlatformHttpMessage.class).init(exchange, reading, request, response);
            createUoW(exchange);
            var visit = new Visit(exchange, request, response);
            if (!getAsyncProcessor().process(exchange, visit))
                visit.letGo();
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

        /** A request on its way. Either the server's thread still has it when its answer is there, and writes it; or it has let go, and who has the answer does. */
        private class Visit implements AsyncCallback {
            private static final Object ANSWERED = new Object();

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
                    afterProcess(response, exchange);
                } catch (Exception e) {
                    fail(response, e);
                }
            }
        }
    }
}
