package io.orderflow.local;

import static io.orderflow.local.Events.orderCancelled;
import static io.orderflow.local.Events.orderCreated;
import static io.orderflow.local.Shop.line;
import static io.orderflow.routes.event.Topics.INVENTORY_RESERVED;
import static io.orderflow.routes.event.Topics.ORDER_CANCELLED;
import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static io.orderflow.routes.event.Topics.PAYMENT_GENERATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.routes.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a broker with the security of {@code docker-compose.yml}, an app works with what its containers allow it, and everything else is refused. */
class BrokerAccessTest {
    private static final String PASSWORD = "for-tests";

    private static Rig rig;
    private static Broker broker;
    private static AppProcess inventory;

    @BeforeAll
    static void start() throws Exception {
        rig = Rig.bare("inventory");
        Map<String, String> security = new HashMap<>(ContainersTest.brokerSettings());
        security.keySet().removeIf(name -> !name.matches(".*(sasl|security|authorizer|everyone|super|inter\\.broker).*"));
        security.replaceAll((name, value) -> filledIn(value));
        broker = new Broker(rig.folder.resolve("secured-kafka"), FreePorts.take(), security);
        broker.start();
        try (Admin admin = admin("topics")) {
            admin.createTopics(Topics.all().stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList()).all().get();
            admin.createAcls(ContainersTest.acls()).all().get();
        }
        Map<String, String> variables = new HashMap<>(ContainersTest.environment("inventory-app"));
        variables.keySet().removeIf(name -> !name.startsWith("ORDERFLOW_KAFKA"));
        variables.replaceAll((name, value) -> filledIn(value));
        variables.put("ORDERFLOW_KAFKA", broker.brokers());
        inventory = new AppProcess(rig, Service.INVENTORY, FreePorts.take(), FreePorts.take(), variables).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (inventory != null) {
            inventory.kill();
        }
        if (broker != null) {
            broker.close();
        }
        rig.close();
    }

    /** Other apps play their parts by their own logins too. */
    @Test
    void theInventoryAppDoesAllOfItsWork() {
        rig.stock("TEAPOT", 0, 10);
        UUID order = UUID.randomUUID();
        send("order-app", ORDER_CREATED, order, orderCreated(order, line("TEAPOT", 3)));
        hears("payment-app", "take-payment", INVENTORY_RESERVED, order);
        UUID tooMuch = UUID.randomUUID();
        send("order-app", ORDER_CREATED, tooMuch, orderCreated(tooMuch, line("TEAPOT", 30)));
        hears("order-app", "reject-order", Topics.INVENTORY_FAILED, tooMuch);

        send("order-app", ORDER_CANCELLED, order, orderCancelled(order));
        Rig.await("the stock comes back").until(() -> rig.sql("inventory").queryForObject("select available = 10 from stock where sku = 'TEAPOT'", Boolean.class));

        UUID unreadable = UUID.randomUUID();
        send("order-app", ORDER_CREATED, unreadable, "no event");
        hears("topics", "anybody", Topics.parked("reserve-inventory"), unreadable);
        UUID again = UUID.randomUUID();
        send("topics", Topics.replay("reserve-inventory"), again, orderCreated(again, line("TEAPOT", 1)));
        hears("payment-app", "take-payment", INVENTORY_RESERVED, again);

        try (Admin admin = admin("topics")) {
            assertThat(get(() -> admin.listConsumerGroupOffsets("reserve-inventory").partitionsToOffsetAndMetadata().get())).containsKey(new TopicPartition(ORDER_CREATED, 0));
        }
    }

    /** Cell by cell: what the broker itself says that an app may do. */
    @ParameterizedTest
    @EnumSource
    void anAppMayDoWhatIsListedAndNothingElse(Service service) throws Exception {
        Map<String, Set<AclOperation>> listed = new TreeMap<>();
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        for (AclBinding acl : ContainersTest.acls()) {
            if (acl.entry().principal().equals("User:" + service.app)) {
                listed.merge(acl.pattern().resourceType() + " " + acl.pattern().name(), Set.of(acl.entry().operation(), AclOperation.DESCRIBE), BrokerAccessTest::both);
            }
        }
        try (Admin admin = admin(service.app)) {
            admin.describeTopics(Topics.all(), new DescribeTopicsOptions().includeAuthorizedOperations(true)).topicNameValues()
                .forEach((topic, there) -> unlessRefused(there).ifPresent(found -> allowed.put(ResourceType.TOPIC + " " + topic, found.authorizedOperations())));
            List<String> groups = ContainersTest.acls().stream().filter(acl -> acl.pattern().resourceType() == ResourceType.GROUP).map(acl -> acl.pattern().name()).toList();
            admin.describeConsumerGroups(groups, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true)).describedGroups()
                .forEach((group, there) -> unlessRefused(there).ifPresent(found -> allowed.put(ResourceType.GROUP + " " + group, found.authorizedOperations())));
        }
        assertThat(allowed).isEqualTo(listed).isNotEmpty();
    }

    @Test
    void whatIsNotAllowedIsRefused() {
        UUID order = UUID.randomUUID();
        assertThatThrownBy(() -> send("inventory-app", ORDER_CREATED, order, "{}")).hasRootCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> send("inventory-app", Topics.parked("take-payment"), order, "{}")).hasRootCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> send("inventory-app", Topics.replay("reserve-inventory"), order, "{}")).hasRootCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> poll("inventory-app", "reserve-inventory", PAYMENT_GENERATED)).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> poll("inventory-app", "reserve-inventory", Topics.parked("reserve-inventory"))).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> poll("inventory-app", "take-payment", ORDER_CREATED)).isInstanceOf(GroupAuthorizationException.class);
        try (Admin admin = admin("inventory-app")) {
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("loot", 1, (short) 1))).all().get()).hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> admin.deleteTopics(List.of(ORDER_CREATED)).all().get()).hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of("take-payment")).all().get()).hasCauseInstanceOf(GroupAuthorizationException.class);
            assertThatThrownBy(() -> admin.createAcls(ContainersTest.acls()).all().get()).hasCauseInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void whoDoesNotSayWhoHeIsStaysOutside() {
        Map<String, Object> wrong = login("inventory-app");
        wrong.replace("sasl.jaas.config", wrong.get("sasl.jaas.config").toString().replace(PASSWORD, "guessed"));
        try (Admin guesser = Admin.create(wrong); Admin nobody = Admin.create(Map.of("bootstrap.servers", broker.brokers(), "default.api.timeout.ms", 3_000, "request.timeout.ms", 3_000))) {
            assertThatThrownBy(() -> guesser.listTopics().names().get()).hasCauseInstanceOf(SaslAuthenticationException.class);
            assertThatThrownBy(() -> nobody.listTopics().names().get()).isInstanceOf(ExecutionException.class);
        }
    }

    private static Set<AclOperation> both(Set<AclOperation> some, Set<AclOperation> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }

    private static <T> Optional<T> unlessRefused(KafkaFuture<T> answer) {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(AuthorizationException.class);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void send(String client, String topic, UUID order, String json) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(login(client), new ByteArraySerializer(), new ByteArraySerializer())) {
            get(() -> producer.send(Events.record(topic, order, json)).get());
        }
    }

    /** Waits until somebody who listens as this group is told of the order. */
    private static void hears(String client, String group, String topic, UUID order) {
        Map<String, Object> settings = login(client);
        settings.putAll(Map.of("group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", false));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<String> heard = new ArrayList<>();
            Rig.await(client + " hears of " + order + " on " + topic).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    heard.add(Bus.text(record.key()));
                }
                return heard.contains(order.toString());
            });
        }
    }

    private static void poll(String client, String group, String topic) {
        Map<String, Object> settings = login(client);
        settings.put("group.id", group);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            IntStream.range(0, 100).forEach(time -> consumer.poll(Duration.ofMillis(200)));
        }
    }

    private static Admin admin(String client) {
        return Admin.create(login(client));
    }

    /** What a container tells its client of itself, on our broker. */
    private static Map<String, Object> login(String client) {
        return new HashMap<>(Map.of("bootstrap.servers", broker.brokers(), "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", filledIn(ContainersTest.environment(client).get("ORDERFLOW_KAFKA_JAAS"))));
    }

    private static String filledIn(String value) {
        return value.replaceAll("\\$\\{ORDERFLOW_KAFKA_[A-Z]+_PASSWORD:\\?}", PASSWORD);
    }

    private static <T> T get(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
