package io.orderflow.routes.payment;

import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Examples.orderCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.PaymentGenerated;
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
@SpringBootTest(classes = {Workbench.class, PublishPayments.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class PublishPaymentsTest {
    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("publish-payments");
    }

    @Test
    void publishesSettledPaymentsInTheOrderTheyWereWritten() {
        assertThat(failure(bench.send(List.of(captured(2), declined(1))))).isNull();

        assertThat(bench.events("publish-settled-payment", PaymentGenerated.class)).containsExactly(captured(2), declined(1));
        assertThat(bench.letters("publish-settled-payment")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(2).toString(), id(1).toString());
    }

    @Test
    void sendsTheSameBytesAgain() {
        bench.send(List.of(captured(1)));
        bench.send(List.of(captured(1)));

        assertThat(bench.letters("publish-settled-payment")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2)
            .containsOnly(new String(bench.records().letter(captured(1)).getBody(byte[].class), UTF_8));
    }

    @Test
    void aFailedPublishLeavesTheOutboxAsItIs() {
        var away = new TimeoutException("The broker is away");
        bench.step("publish-settled-payment").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.send(List.of(captured(1))))).isSameAs(away);
    }

    @Test
    void refusesAnEventThatHasNoTopicHere() {
        assertThat(failure(bench.send(List.of(orderCreated(1))))).isInstanceOf(IllegalStateException.class);

        assertThat(bench.letters("publish-settled-payment")).isEmpty();
    }
}
