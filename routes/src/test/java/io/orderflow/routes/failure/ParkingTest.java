package io.orderflow.routes.failure;

import static io.orderflow.routes.Bench.letters;
import static io.orderflow.routes.event.Examples.orderCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.routes.Bench;
import io.orderflow.routes.Workbench;
import io.orderflow.routes.batch.TestRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkingTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final TestRecords records = new TestRecords(camel);
    private final Parking parking = new Parking();
    private Exchange batch;
    private MockEndpoint parked;

    @BeforeEach
    void start() {
        camel.addComponent("kafka", Workbench.broker());
        camel.start();
        parking.setCamelContext(camel);
        parked = camel.getEndpoint("kafka:reserve-inventory.parked", MockEndpoint.class);
        batch = new DefaultExchange(camel);
        batch.getExchangeExtension().setFromRouteId("reserve-inventory");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void parksARecordAsItWasAndTellsWhereItCameFromAndWhy() {
        records.record("order.created.v1", 3, "before");
        var record = records.record("order.created.v1", 3, orderCreated(1));

        parking.park(batch, Map.of(record, new IllegalArgumentException("lines: an order has at least one")));

        assertThat(letters(parked)).singleElement().satisfies(letter -> {
            assertThat(letter.getBody()).isSameAs(record.getMessage().getBody());
            assertThat(letter.getHeaders()).containsOnly(Map.entry(KafkaConstants.KEY, record.getMessage().getHeader(KafkaConstants.KEY)),
                Map.entry("parked-topic", "order.created.v1"), Map.entry("parked-partition", "3"), Map.entry("parked-offset", "1"),
                Map.entry("parked-error", "java.lang.IllegalArgumentException"), Map.entry("parked-message", "lines: an order has at least one"));
        });
    }

    @Test
    void parksARecordThatHasNeitherKeyNorValueNorReason() {
        parking.park(batch, Map.of(records.record("order.created.v1", 0, null), new IllegalArgumentException()));

        assertThat(letters(parked)).singleElement().satisfies(letter -> {
            assertThat(letter.getBody()).isNull();
            assertThat(letter.getHeader(KafkaConstants.KEY)).isNull();
            assertThat(letter.getHeader("parked-error")).isEqualTo("java.lang.IllegalArgumentException");
        });
    }

    @Test
    void parksAllOfABatchInOneGoAndInTheirOrder() {
        var reasons = new LinkedHashMap<Exchange, Exception>();
        for (var record : records.batch("order.created.v1", "a", "b", "c"))
            reasons.put(record, new IllegalArgumentException());

        parking.park(batch, reasons);

        assertThat(parked.getExchanges()).hasSize(1);
        assertThat(letters(parked)).extracting(letter -> letter.getHeader("parked-offset")).containsExactly("0", "1", "2");
    }

    @Test
    void cutsALongReasonShort() {
        parking.park(batch, Map.of(records.record("order.created.v1", 0, "a"), new IllegalArgumentException("x".repeat(1_000_000))));

        assertThat(letters(parked)).extracting(letter -> letter.getHeader("parked-message", String.class).length()).containsExactly(500);
    }

    @Test
    void sendsNothingWhereThereIsNothingToPark() {
        parking.parkUnreadable(batch);

        assertThat(parked.getExchanges()).isEmpty();
    }

    @Test
    void failsWhenTheBrokerDoesNotTakeThem() {
        parked.whenAnyExchangeReceived(Bench.failing(new TimeoutException("The broker is away")));

        assertThatThrownBy(() -> parking.park(batch, Map.of(records.record("order.created.v1", 0, "a"), new IllegalArgumentException())))
            .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.TRANSIENT));
    }

    @Test
    void doesNotBlameTheRecordAgainWhenItCannotBeParked() {
        parked.whenAnyExchangeReceived(Bench.failing(new RecordTooLargeException("2 MB")));

        assertThatThrownBy(() -> parking.park(batch, Map.of(records.record("order.created.v1", 0, "a"), new IllegalArgumentException())))
            .satisfies(failure -> assertThat(Failure.of(failure)).isEqualTo(Failure.UNKNOWN));
    }
}
