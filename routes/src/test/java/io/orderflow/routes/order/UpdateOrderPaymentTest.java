package io.orderflow.routes.order;

import static io.orderflow.routes.Bench.answering;
import static io.orderflow.routes.Bench.failing;
import static io.orderflow.routes.Bench.failure;
import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.event.Examples.captured;
import static io.orderflow.routes.event.Examples.declined;
import static io.orderflow.routes.event.Examples.id;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static io.orderflow.routes.order.OrderExamples.paid;
import static io.orderflow.routes.order.OrderExamples.pending;
import static io.orderflow.routes.order.OrderExamples.rejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.event.OrderCancelled;
import io.orderflow.routes.event.OrderPaymentUpdated;
import io.orderflow.routes.event.OrderPaymentUpdated.PaymentStatus;
import io.orderflow.routes.failure.Unacceptable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = {Workbench.class, UpdateOrderPayment.class}, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class UpdateOrderPaymentTest {
    private static final TopicPartition PAYMENTS = new TopicPartition(PAYMENT_GENERATED, 0);
    private static final OrderPaymentUpdated PAID = new OrderPaymentUpdated(id(1), 2, AT, "Ada", PaymentStatus.PAID, "EUR", 1998, null);
    private static final OrderPaymentUpdated DECLINED = new OrderPaymentUpdated(id(2), 2, AT, "Ada", PaymentStatus.DECLINED, "EUR", 1998, "PAYMENT_DECLINED: card_declined");
    private static final OrderCancelled CANCELLED = new OrderCancelled(id(2), 2, AT, "Ada", "PAYMENT_DECLINED: card_declined");

    @Autowired
    Bench bench;

    private final OrderBook book = new OrderBook(pending(1), pending(2));

    @BeforeEach
    void holdTheRoute() throws Exception {
        bench.hold("update-order-payment");
        bench.step("look-up-orders-paid").whenAnyExchangeReceived(answering(Updates.class, book::lookUp));
        bench.step("change-orders-paid").whenAnyExchangeReceived(answering(Changes.class, book::change));
    }

    @Test
    void tellsThatAnOrderIsPaid() {
        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(1)))).isNull();

        assertThat(bench.events("publish-order-payment-updated", OrderPaymentUpdated.class)).containsExactly(PAID);
        assertThat(bench.letters("publish-order-cancelled")).isEmpty();
        assertThat(bench.records().commits()).containsExactly(Map.of(PAYMENTS, 1L));
    }

    @Test
    void hasAnOrderUndoneWhosePaymentWasDeclined() {
        assertThat(failure(bench.receive(PAYMENT_GENERATED, declined(2)))).isNull();

        assertThat(bench.events("publish-order-payment-updated", OrderPaymentUpdated.class)).containsExactly(DECLINED);
        assertThat(bench.events("publish-order-cancelled", OrderCancelled.class)).containsExactly(CANCELLED);
        assertThat(bench.letters("publish-order-cancelled")).extracting(letter -> new String(letter.getHeader(KafkaConstants.KEY, byte[].class), UTF_8))
            .containsExactly(id(2).toString());
    }

    @Test
    void tellsNothingOfAnOrderThatEndedBeforeItWasPaid() {
        book.put(rejected(1));

        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(1)))).isNull();

        assertThat(bench.journal()).doesNotContain("publish-order-payment-updated", "publish-order-cancelled").endsWith("commit");
    }

    @Test
    void givesTheSameAnswerAgain() {
        bench.receive(PAYMENT_GENERATED, captured(1), declined(2));
        bench.receive(PAYMENT_GENERATED, captured(1), declined(2));

        assertThat(bench.letters("publish-order-payment-updated")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(4)
            .containsOnly(bytes(bench.records().letter(PAID)), bytes(bench.records().letter(DECLINED)));
        assertThat(bench.letters("publish-order-cancelled")).extracting(letter -> new String(letter.getBody(byte[].class), UTF_8)).hasSize(2)
            .containsOnly(bytes(bench.records().letter(CANCELLED)));
    }

    private static String bytes(Message letter) {
        return new String(letter.getBody(byte[].class), UTF_8);
    }

    @Test
    void tellsOnceWhatADoubleSaysTwice() {
        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(1), captured(1)))).isNull();

        assertThat(bench.events("publish-order-payment-updated", OrderPaymentUpdated.class)).containsExactly(PAID);
        assertThat(book.get(id(1))).isEqualTo(paid(1));
    }

    @Test
    void judgesAnOrderAgainThatHasMovedMeanwhile() {
        var moved = new AtomicBoolean();
        bench.step("change-orders-paid").whenAnyExchangeReceived(answering(Changes.class, changes -> {
            if (moved.compareAndSet(false, true))
                book.put(rejected(1));
            return book.change(changes);
        }));

        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(1), declined(2)))).isNull();

        assertThat(bench.bodies("look-up-orders-paid", Updates.class)).extracting(Updates::undecided)
            .containsExactly(List.of(captured(1), declined(2)), List.of(captured(1)));
        assertThat(bench.events("publish-order-payment-updated", OrderPaymentUpdated.class)).containsExactly(DECLINED);
    }

    @Test
    void parksARecordThatCannotBeRead() {
        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(1), null))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement().satisfies(parked -> {
            assertThat(parked.getBody()).isNull();
            assertThat(parked.getHeaders()).containsEntry("parked-topic", PAYMENT_GENERATED).containsEntry("parked-offset", "1");
        });
        assertThat(bench.journal()).endsWith("publish-order-payment-updated", "park", "commit");
    }

    @Test
    void parksARecordAboutAnOrderThatNobodyPlaced() {
        assertThat(failure(bench.receive(PAYMENT_GENERATED, captured(99), captured(1)))).isNull();

        assertThat(Bench.letters(bench.parked())).singleElement()
            .satisfies(parked -> assertThat(parked.getHeaders()).containsEntry("parked-offset", "0").containsEntry("parked-error", Unacceptable.class.getName()));
        assertThat(bench.events("publish-order-payment-updated", OrderPaymentUpdated.class)).containsExactly(PAID);
        assertThat(bench.records().commits()).containsExactly(Map.of(PAYMENTS, 1L), Map.of(PAYMENTS, 2L));
    }

    @Test
    void aFailedPublishReachesNoCommit() {
        var away = new TimeoutException("The broker is away");
        bench.step("publish-order-payment-updated").whenAnyExchangeReceived(failing(away));

        assertThat(failure(bench.receive(PAYMENT_GENERATED, declined(2), "{nonsense"))).isSameAs(away);

        assertThat(bench.journal()).containsExactly("look-up-orders-paid", "change-orders-paid", "publish-order-payment-updated");
    }
}
