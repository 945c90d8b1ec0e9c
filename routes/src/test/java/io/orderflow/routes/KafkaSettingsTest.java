package io.orderflow.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orderflow.routes.batch.RouteClients;
import io.orderflow.routes.door.ClosedHeaders;
import io.orderflow.routes.event.Topics;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** The settings that are not negotiable, on the endpoints as they run: each of them has lost records for somebody. */
@EveryRoute
class KafkaSettingsTest {
    @Autowired
    CamelContext camel;

    private Stream<Route> listeners() {
        return camel.getRoutes().stream().filter(route -> route.getEndpoint() instanceof KafkaEndpoint);
    }

    private Stream<DynamicTest> everyListener(Consumer<KafkaEndpoint> rule) {
        return listeners().map(route -> dynamicTest(route.getRouteId(), () -> rule.accept((KafkaEndpoint) route.getEndpoint())));
    }

    /** Wherever a route sends to, and wherever it parks. */
    private Stream<DynamicTest> everyAddressee(Consumer<KafkaEndpoint> rule) {
        var parked = listeners().map(route -> camel.getEndpoint("kafka:" + Topics.parked(route.getRouteId()), KafkaEndpoint.class)).toList();
        var said = camel.getEndpoints().stream().filter(KafkaEndpoint.class::isInstance).map(KafkaEndpoint.class::cast).filter(endpoint -> endpoint.getConfiguration().getGroupId() == null);
        return Stream.concat(parked.stream(), said).distinct().map(endpoint -> dynamicTest(endpoint.getConfiguration().getTopic(), () -> rule.accept(endpoint)));
    }

    @Test
    void there_are_listeners_and_addressees() {
        assertThat(listeners()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(everyAddressee(endpoint -> { })).hasSizeGreaterThanOrEqualTo(11);
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_committed_but_by_the_route() {
        return everyListener(listener -> {
            var settings = listener.getConfiguration();
            assertThat(settings.isAutoCommitEnable()).isFalse();
            assertThat(settings.isAllowManualCommit()).isTrue();
            assertThat(settings.createConsumerProperties()).containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            assertThat(listener.getKafkaManualCommitFactory()).isNull();
            assertThat(camel.getRegistry().findByType(KafkaManualCommitFactory.class)).isEmpty();
            assertThat(settings.getOffsetRepository()).isNull();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_batch_that_fails_is_fetched_again() {
        return everyListener(listener -> {
            assertThat(listener.getConfiguration().isBreakOnFirstError()).isTrue();
            assertThat(listener.getConfiguration().getPollOnError()).isEqualTo(PollOnError.RECONNECT);
            assertThat(listener.getComponent().getCreateConsumerBackoffMaxAttempts()).isZero();
            assertThat(listener.getComponent().getSubscribeConsumerBackoffMaxAttempts()).isZero();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_group_starts_at_the_beginning_and_is_the_routes_own() {
        return listeners().map(route -> dynamicTest(route.getRouteId(), () -> {
            var settings = ((KafkaEndpoint) route.getEndpoint()).getConfiguration();
            assertThat(settings.getGroupId()).isEqualTo(route.getRouteId());
            assertThat(settings.getTopic()).endsWith("," + Topics.replay(route.getRouteId()));
            assertThat(settings.getAutoOffsetReset()).isEqualTo("earliest");
            assertThat(settings.getIsolationLevel()).isEqualTo("read_committed");
            assertThat(settings.getConsumersCount()).isEqualTo(1);
        }));
    }

    @TestFactory
    Stream<DynamicTest> records_are_read_in_the_route_and_come_in_batches() {
        return everyListener(listener -> {
            var settings = listener.getConfiguration();
            assertThat(settings.getKeyDeserializer()).isEqualTo(ByteArrayDeserializer.class.getName());
            assertThat(settings.getValueDeserializer()).isEqualTo(ByteArrayDeserializer.class.getName());
            assertThat(settings.isBatching()).isTrue();
            assertThat(settings.getMaxPollRecords()).isEqualTo(500);
            // By any other clients an idle consumer would poll without end.
            assertThat(settings.getPollTimeoutMs()).isZero();
            assertThat(listener.getComponent().getKafkaClientFactory()).isInstanceOf(RouteClients.class);
            assertThat(settings.getBatchingIntervalMs()).isBetween(1, 10);
        });
    }

    @TestFactory
    Stream<DynamicTest> the_partitions_of_a_dead_instance_move_on_within_ten_seconds() {
        return everyListener(listener -> {
            var settings = listener.getConfiguration();
            assertThat(settings.getSessionTimeoutMs()).isBetween(8_000, 10_000);
            assertThat(settings.getHeartbeatIntervalMs()).isEqualTo(2_000);
            assertThat(settings.getMaxPollIntervalMs()).isEqualTo(300_000);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_listener_closes_its_door_to_headers() {
        return everyListener(listener -> assertThat(listener.getConfiguration().getHeaderFilterStrategy()).isInstanceOf(ClosedHeaders.Kafka.class));
    }

    @TestFactory
    Stream<DynamicTest> a_step_goes_on_only_when_every_replica_has_what_it_sent() {
        return everyAddressee(addressee -> {
            var settings = addressee.getConfiguration();
            assertThat(settings.isSynchronous()).isTrue();
            assertThat(settings.getRequestRequiredAcks()).isEqualTo("all");
            assertThat(settings.createProducerProperties()).containsEntry(ProducerConfig.ACKS_CONFIG, "all").containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        });
    }

    @TestFactory
    Stream<DynamicTest> each_record_of_a_list_keeps_its_own_key_and_headers() {
        return everyAddressee(addressee -> {
            var settings = addressee.getConfiguration();
            assertThat(settings.isBatchWithIndividualHeaders()).isTrue();
            assertThat(settings.isUseIterator()).isTrue();
            assertThat(settings.getKey()).isNull();
            assertThat(settings.getPartitionKey()).isNull();
            assertThat(settings.getKeySerializer()).isEqualTo(ByteArraySerializer.class.getName());
            assertThat(settings.getValueSerializer()).isEqualTo(ByteArraySerializer.class.getName());
        });
    }

    @TestFactory
    Stream<DynamicTest> a_broker_that_is_away_is_noticed_within_seconds() {
        return everyAddressee(addressee -> assertThat(addressee.getConfiguration()).extracting(
            KafkaConfiguration::getRequestTimeoutMs, KafkaConfiguration::getDeliveryTimeoutMs, KafkaConfiguration::getMaxBlockMs).containsExactly(5_000, 10_000, 5_000));
    }

    @Test
    void what_was_received_fits_in_when_it_is_parked_with_our_headers() {
        assertThat(camel.getEndpoint("kafka:" + Topics.parked("reserve-inventory"), KafkaEndpoint.class).getConfiguration().getMaxRequestSize()).isGreaterThan(1_048_576 + 65_536);
    }
}
