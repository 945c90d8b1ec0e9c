package io.orderflow.routes.door;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads a request straight to the route that serves it. Any other goes on to Spring MVC, which knows how to say what is wrong with it
 * and how to read what is unusual; its way takes a good third of a request's time.
 */
class Shortcut extends HttpFilter {
    private final transient Waitless routes;

    Shortcut(Waitless routes) {
        this.routes = routes;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain rest) throws IOException, ServletException {
        var door = routes.find(request);
        if (door == null)
            rest.doFilter(request, response);
        else
            door.service(request, response);
    }
}
