package io.orderflow.routes.door;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * Leads a request straight to the route that serves it. Any other goes on to Spring MVC, which knows how to say what is wrong with it
 * and how to read what is unusual; its way takes a good third of a request's time. But while not all routes are open, nobody knows what
 * there is: a request that finds none is told to come again, and not that there is no such thing.
 */
class Shortcut extends HttpFilter {
    private final transient Waitless routes;
    private final transient Supplier<CamelContext> camel;

    Shortcut(Waitless routes, Supplier<CamelContext> camel) {
        this.routes = routes;
        this.camel = camel;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain rest) throws IOException, ServletException {
        var door = routes.find(request);
        if (door != null)
            door.service(request, response);
        else if (camel.get().isStarted())
            rest.doFilter(request, response);
        else
            Problem.unavailable().writeTo(response);
    }
}
