package io.orderflow.routes.payment;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.door.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, FindPayment.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class FindPaymentTest {
    private static final ShownPayment STORED = new ShownPayment(id(1), Payment.State.DECLINED, "EUR", 1998, "pm_card_declined", "card_declined", AT, AT.plusSeconds(1));

    @Autowired
    Bench bench;

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("find-payment");
        bench.step("look-up-payment").whenAnyExchangeReceived(answering(UUID.class, key -> key.equals(id(1)) ? STORED : null));
    }

    private Message find(Object key) {
        return bench.send("", Map.of("orderId", key.toString(), "Authorization", "Basic c2VjcmV0")).getMessage();
    }

    @Test
    void showsThePaymentAsItStands() throws IOException {
        var answer = find(id(1));

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 200), Map.entry(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(JSON.readTree(answer.getBody(byte[].class))).isEqualTo(JSON.readTree("""
            {"orderId": "019a0000-0000-7000-8000-000000000001", "state": "DECLINED", "currency": "EUR", "amount": 1998, "method": "pm_card_declined",
             "reason": "card_declined", "claimedAt": "2026-11-01T09:30:00.123456Z", "decidedAt": "2026-11-01T09:30:01.123456Z"}"""));
    }

    @Test
    void doesNotKnowAnOrderThatWasNeverToBePaid() throws IOException {
        var answer = find(id(2));

        assertThat(answer.getHeaders()).containsOnly(Map.entry(Exchange.HTTP_RESPONSE_CODE, 404), Map.entry(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.getBody(byte[].class), Problem.class).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "null", "1-1-1-1-1", "019a0000-0000-7000-8000-00000000000g", "'; drop table payment --"})
    void asksNobodyForWhatIsNoId(String key) {
        assertThat(find(key).getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);

        assertThat(bench.journal()).isEmpty();
    }

    @Test
    void asksToTryAgainInAnOutage() {
        bench.step("look-up-payment").whenAnyExchangeReceived(failing(new SQLException("terminating connection due to administrator command", "57P01")));

        assertThat(find(id(1)).getHeaders()).containsEntry(Exchange.HTTP_RESPONSE_CODE, 503).containsEntry("Retry-After", "1");
    }
}
