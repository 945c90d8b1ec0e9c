package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.orderCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.OrderCreated;
import java.util.List;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, PublishOrders.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PublishOrdersTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("publish-orders");
    }

    @Test
    void publishesPlacedOrdersInTheOrderTheyWereStored() {
        assertThat(failure(bench.send(List.of(orderCreated(2), orderCreated(1))))).isNull();

        assertThat(bench.events("publish-order-created", OrderCreated.class)).containsExactly(orderCreated(2), orderCreated(1));
        assertThat(bench.letters("publish-order-created")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(2).toString(), id(1).toString());
    }

    @Test
    void sendsTheSameBytesAgain() {
        bench.send(List.of(orderCreated(1)));
        bench.send(List.of(orderCreated(1)));

        assertThat(bench.letters("publish-order-created")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2)
            .containsOnly(new String(bench.records().letter(orderCreated(1)).getBody(byte[].class), UTF_8));
    }

    @Test
    void aFailedPublishLeavesTheOutboxAsItIs() {
        var away = new TimeoutException("The broker is away");
        bench.step("publish-order-created").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.send(List.of(orderCreated(1))))).isSameAs(away);
    }

    @Test
    void refusesAnEventThatHasNoTopicHere() {
        assertThat(failure(bench.send(List.of(captured(1))))).isInstanceOf(IllegalStateException.class);

        assertThat(bench.letters("publish-order-created")).isEmpty();
    }
}
