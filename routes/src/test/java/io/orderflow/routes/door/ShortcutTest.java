package io.orderflow.routes.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ShortcutTest {
    private final CamelContext camel = new DefaultCamelContext();
    private final Shortcut shortcut = new Shortcut(new Waitless(0, new SimpleMeterRegistry()), () -> camel);
    private final MockHttpServletResponse answer = new MockHttpServletResponse();
    private final MockFilterChain rest = new MockFilterChain();

    @Test
    void aRequestThatComesBeforeTheRoutesAreOpenIsToldToComeAgain() throws Exception {
        shortcut.doFilter(new MockHttpServletRequest("GET", "/orders/01a214de-96d6-7f30-9237-6a006ad52078"), answer, rest);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(rest.getRequest()).isNull();
    }

    @Test
    void aRequestThatNoRouteIsForIsLeftToSpringOnceTheyAreOpen() throws Exception {
        camel.start();

        shortcut.doFilter(new MockHttpServletRequest("GET", "/nothing-of-that-kind"), answer, rest);

        assertThat(rest.getRequest()).isNotNull();
        camel.stop();
    }
}
