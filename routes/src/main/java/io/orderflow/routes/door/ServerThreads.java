package io.orderflow.routes.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;

/**
 * Runs a request from its first byte to its last on the thread that the server gave it: as many can wait together as the server lets
 * in. Camel's own engine hands each over to a pool and comes back for the answer by a second dispatch through all filters.
 */
class ServerThreads extends SpringBootPlatformHttpEngine {

    ServerThreads(int port) {
        super(port);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new SpringBootPlatformHttpConsumer(endpoint, processor, Runnable::run) {
            /** The null says that the answer has been written; even a future that is done would be dispatched again. */
            @Override
            public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
                super.service(request, response).join();
                return null;
            }
        };
    }
}
