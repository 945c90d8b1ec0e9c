package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Pass.someUndecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

class PassTest {
    private record Orders(List<String> undecided) implements Pass {
    }

    @Test
    void goesOnWhileSomeHaveNoAnswer() {
        assertThat(someUndecided().matches(exchange(new Orders(List.of("a"))))).isTrue();
    }

    @Test
    void endsWhenEachHasItsAnswer() {
        assertThat(someUndecided().matches(exchange(new Orders(List.of())))).isFalse();
    }

    static Stream<Object> foreignBodies() {
        return Stream.of("text", List.of("a"), 1L, new byte[0], new Object());
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("foreignBodies")
    void endsForAnyOtherBodyForCamelAsksOnceMoreWhenAStepHasFailed(Object body) {
        assertThat(someUndecided().matches(exchange(body))).isFalse();
    }

    @Test
    void doesNotSpinForEver() {
        var exchange = exchange(new Orders(List.of("a")));
        exchange.setProperty(Exchange.LOOP_INDEX, Pass.TOO_MANY + 1);

        assertThatThrownBy(() -> someUndecided().matches(exchange)).isInstanceOf(IllegalStateException.class);
    }

    private static Exchange exchange(Object body) {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
