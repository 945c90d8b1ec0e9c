package io.orderflow.local.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.routes.door.Who;
import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualSyncCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * One seed is one shop's day in which everything goes wrong: requests are repeated, records come late, twice and in another order across keys and
 * topics, steps die at any beat, and between two beats of a step any other step may run, the same one in another instance too. Then all is calm, and
 * what is left must be right.
 *
 * <p>Everything runs on one thread, and whatever is left to chance comes from the seed. Nothing is decided by an id or a time, for these are the
 * databases' own and differ from run to run; so orders go by the number of the wish they come from.
 */
class Simulation implements Director {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("pm_card_ok", "pm_card_ok", "pm_card_declined", "pm_card_timeout_before", "pm_card_timeout_after", "pm_card_error");
    private static final Map<String, String> LISTENERS = Map.of("reserve-inventory", Topics.ORDER_CREATED, "release-inventory", Topics.ORDER_CANCELLED,
        "take-payment", Topics.INVENTORY_RESERVED, "update-order-payment", Topics.PAYMENT_GENERATED, "reject-order", Topics.INVENTORY_FAILED);
    private static final List<String> GROUPS = LISTENERS.keySet().stream().sorted().toList();
    private static final int DEEPEST = 3;
    private static final int TOO_MANY_ROUNDS = 100;

    private final World world;
    private final Random random;
    private final Faults faults;
    private final Log log = new Log();
    private final List<Wish> wishes = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Step> owners = new HashMap<>();
    private final Set<Integer> calledOff = new LinkedHashSet<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<String> script = new ArrayList<>();
    private boolean calm;

    /** How much goes wrong on this day: a share of one for each chance there is. */
    private record Faults(double crash, double overtake, double twice, double lostAnswer, double rewind, double callOff) {
    }

    /** What is run from its beginning to its end or its death, and what it has sent that the broker does not have yet. */
    private static class Step {
        final String name;
        final List<Letter> sent = new ArrayList<>();

        Step(String name) {
            this.name = name;
        }
    }

    private record Letter(String topic, int order, byte[] key, byte[] value, Map<String, Object> headers) {
    }

    private interface Work {
        void run() throws Exception;
    }

    Simulation(World world, long seed) {
        this.world = world;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.faults = new Faults(pick(0.0, 0.02, 0.05, 0.1), pick(0.0, 0.05, 0.15), pick(0.0, 0.1, 0.3), pick(0.0, 0.2), pick(0.0, 0.1), pick(0.0, 0.0, 0.1));
    }

    private double pick(double... shares) {
        return shares[random.nextInt(shares.length)];
    }

    /** Plays the day to its end; whatever is wrong then is an {@link AssertionError}. */
    void play() throws Exception {
        world.begin(this);
        LISTENERS.forEach((group, topic) -> log.join(group, topic, Topics.replay(group)));
        openTheShop();
        note(faults.toString());
        int turns = 40 + random.nextInt(40);
        for (int turn = 0; turn < turns; turn++) {
            for (int tries = 0; tries < 10 && !act(random.nextInt(10)); tries++) {
                // There was nothing to do of that kind.
            }
        }
        note("calm");
        calm = true;
        comeToRest();
        Invariants invariants = new Invariants(world, log, wishes, calledOff);
        note(invariants.endings());
        List<String> broken = invariants.broken();
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    List<String> script() {
        return script;
    }

    private void openTheShop() {
        int skus = 1 + random.nextInt(3);
        List<String> sold = new ArrayList<>();
        for (int n = 1; n <= skus; n++) {
            String sku = "SKU-" + n;
            int quantity = n == 1 ? 2 + random.nextInt(9) : 5 + random.nextInt(20);
            sold.add(sku);
            world.sql("orders").update("insert into product (sku, name, currency, price) values (?, ?, 'EUR', ?)", sku, sku, 100 * n + 5);
            world.sql("inventory").update("with item as (insert into stock (sku, available) values (?, ?)) insert into stock_ledger (sku, kind, delta) values (?, 'RECEIPT', ?)",
                sku, quantity, sku, quantity);
            note(sku + ": " + quantity);
        }
        int many = 4 + random.nextInt(9);
        for (int n = 1; n <= many; n++) {
            Map<String, Long> lines = new TreeMap<>();
            lines.put("SKU-1", 1L + random.nextInt(3));
            if (random.nextInt(3) == 0) {
                lines.put(sold.get(random.nextInt(skus)), 1L + random.nextInt(4));
            }
            boolean impossible = random.nextInt(20) == 0;
            if (impossible) {
                lines.put("NOT-SOLD", 1L);
            }
            Wish wish = new Wish(n, random.nextInt(5) > 0, METHODS.get(random.nextInt(METHODS.size())), lines, impossible);
            wishes.add(wish);
            note(wish.toString());
        }
    }

    /** Something happens; false where there is nothing of that kind to do. Requests come in from outside alone: they are no part of another step. */
    private boolean act(int what) throws Exception {
        return switch (what) {
            case 0, 1 -> steps.isEmpty() && takeIn();
            case 2 -> relay("orders");
            case 3 -> random.nextBoolean() ? relay("payments") : settle();
            case 4 -> rewind() | callOff();
            default -> consume(GROUPS.get(what - 5));
        };
    }

    private void comeToRest() throws Exception {
        for (int round = 0; round < TOO_MANY_ROUNDS; round++) {
            boolean busy = takeIn() | relay("orders") | relay("payments") | settle();
            for (String group : GROUPS) {
                busy |= consume(group);
            }
            if (!busy) {
                return;
            }
        }
        throw new AssertionError("I2: it does not come to rest in " + TOO_MANY_ROUNDS + " rounds");
    }

    /** Some who have not asked yet, some who got no answer, and some who ask again although they have one; now and then one asks twice at once. */
    private boolean takeIn() throws Exception {
        List<Wish> asking = new ArrayList<>();
        for (Wish wish : wishes) {
            boolean mayAsk = wish.asked == 0 || wish.key != null && (!wish.isAnswered() || !calm && chance(faults.twice) && random.nextInt(4) == 0);
            if (mayAsk && (calm || random.nextInt(3) == 0)) {
                asking.add(wish);
                if (!calm && wish.key != null && chance(faults.twice)) {
                    asking.add(wish);
                }
            }
        }
        if (asking.isEmpty()) {
            return false;
        }
        Collections.shuffle(asking, random);
        note("asking: " + asking.stream().map(wish -> "#" + wish.number).collect(Collectors.joining(" ")));
        perform(new Step("intake"), () -> {
            Route door = world.route("place-order");
            Map<Exchange, Wish> visits = new LinkedHashMap<>();
            for (Wish wish : asking) {
                wish.asked++;
                Exchange visit = door.getEndpoint().createExchange();
                visit.getMessage().setBody(wish.body());
                visit.setProperty(Who.PROPERTY, new Who(wish.customer, false));
                if (wish.key != null) {
                    visit.getMessage().setHeader("Idempotency-Key", wish.key);
                }
                visits.put(visit, wish);
                ((AsyncProcessor) door.getProcessor()).process(visit, done -> { });
            }
            world.store();
            for (Map.Entry<Exchange, Wish> visit : visits.entrySet()) {
                Message answer = visit.getKey().getMessage();
                if (calm || !chance(faults.lostAnswer)) {
                    visit.getValue().hear(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class), answer.getBody(String.class));
                } else {
                    note("#" + visit.getValue().number + " gets no answer");
                }
            }
        });
        return true;
    }

    private boolean relay(String database) throws Exception {
        boolean[] something = new boolean[1];
        perform(new Step("relay of " + database), () -> something[0] = world.relay(database));
        return something[0];
    }

    private boolean settle() throws Exception {
        boolean pending = world.sql("payments").queryForObject("select exists (select from payment where state = 'PENDING')", Boolean.class);
        if (pending) {
            if (calm || random.nextInt(3) > 0) {
                world.letTimePass();
                note("time passes");
            }
            perform(new Step("settle-pending-payments"), () -> run(world.route("settle-pending-payments"), null));
        }
        return pending;
    }

    /** A batch as a poll gives it: some partitions, of each as much as happens to be there by then. */
    private boolean consume(String group) throws Exception {
        List<TopicPartition> partitions = new ArrayList<>(log.partitions(group));
        Collections.shuffle(partitions, random);
        List<Log.Record> batch = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            List<Log.Record> ahead = log.ahead(group, partition);
            if (!ahead.isEmpty()) {
                batch.addAll(ahead.subList(0, calm ? ahead.size() : random.nextInt(ahead.size() + 1)));
            }
        }
        if (batch.isEmpty()) {
            return false;
        }
        Step step = new Step(group);
        owners.put(group, step);
        note(group + " takes " + batch.stream().map(record -> "#" + record.order()).collect(Collectors.joining(" ")));
        Member member = new Member(group, step);
        perform(step, () -> run(world.route(group), batch.stream().map(record -> received(record, member)).toList()));
        return true;
    }

    /** A group is set back, as when what it has committed was lost with its broker. */
    private boolean rewind() {
        if (calm || !chance(faults.rewind)) {
            return false;
        }
        String group = GROUPS.get(random.nextInt(GROUPS.size()));
        for (TopicPartition partition : log.partitions(group)) {
            int place = log.place(group, partition);
            if (place > 0) {
                log.commit(group, partition, random.nextInt(place + 1));
            }
        }
        note(group + " is set back");
        return true;
    }

    /** Somebody calls an order off, maybe before anybody has heard of it: nothing in the system does so yet, but its contract allows it. */
    private boolean callOff() throws Exception {
        List<Wish> placed = wishes.stream().filter(wish -> wish.order != null && !calledOff.contains(wish.number)).toList();
        if (calm || placed.isEmpty() || !chance(faults.callOff)) {
            return false;
        }
        Wish wish = placed.get(random.nextInt(placed.size()));
        calledOff.add(wish.number);
        String event = JSON.writeValueAsString(Map.of("type", "OrderCancelled", "orderId", wish.order, "version", 2, "occurredAt",
            Instant.now().truncatedTo(ChronoUnit.MICROS).toString(), "customer", wish.customer, "reason", "CUSTOMER"));
        log.append(Topics.ORDER_CANCELLED, wish.number, wish.order.toString().getBytes(UTF_8), event.getBytes(UTF_8), Map.of(), true);
        note("#" + wish.number + " is called off");
        return true;
    }

    private void run(Route route, Object body) throws Exception {
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        route.getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private void perform(Step step, Work work) throws Exception {
        steps.push(step);
        try {
            work.run();
            arrive(step);
        } catch (Crash e) {
            // It comes again.
        } catch (Exception e) {
            throw new AssertionError(step.name + " fails: " + e, e);
        } finally {
            steps.pop();
        }
    }

    @Override
    public void beat(String next) {
        Step step = steps.peek();
        arrive(step);
        if (calm) {
            return;
        }
        if (chance(faults.crash)) {
            note(step.name + " dies before " + next);
            throw new Crash();
        }
        if (steps.size() < DEEPEST && chance(faults.overtake)) {
            note(step.name + " is overtaken before " + next);
            try {
                act(2 + random.nextInt(8));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void send(String topic, List<Message> letters) {
        for (Message letter : letters) {
            byte[] value = letter.getBody(byte[].class);
            Map<String, Object> headers = new TreeMap<>(letter.getHeaders());
            byte[] key = (byte[]) headers.remove(KafkaConstants.KEY);
            steps.peek().sent.add(new Letter(topic, number(value), key, value, headers));
        }
    }

    /** What a step has sent reaches the broker: whole, or some of it before the step dies, or something twice. Across keys in any order. */
    private void arrive(Step step) {
        if (step.sent.isEmpty()) {
            return;
        }
        List<Letter> letters = new ArrayList<>(step.sent);
        step.sent.clear();
        letters.sort(Comparator.comparing(Letter::topic).thenComparing(Letter::order));
        List<Integer> orders = letters.stream().map(Letter::order).distinct().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(orders, random);
        letters.sort(Comparator.comparing(letter -> orders.indexOf(letter.order)));
        boolean dies = !calm && chance(faults.crash * 2);
        if (dies) {
            letters = letters.subList(0, random.nextInt(letters.size() + 1));
        }
        for (Letter letter : letters) {
            for (int times = !calm && chance(faults.twice) ? 2 : 1; times > 0; times--) {
                log.append(letter.topic, letter.order, letter.key, letter.value, letter.headers, false);
            }
        }
        note(step.name + (dies ? " dies when it has sent" : " has sent") + letters.stream().map(letter -> " #" + letter.order + " " + letter.topic).sorted().collect(Collectors.joining(",")));
        if (dies) {
            throw new Crash();
        }
    }

    private int number(byte[] value) {
        try {
            JsonNode event = JSON.readTree(value);
            String order = event.path("orderId").asText();
            if (event.has("customer")) {
                numbers.putIfAbsent(order, Wish.number(event.path("customer").asText()));
            }
            return numbers.get(order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange received(Log.Record record, Member member) {
        Exchange exchange = new DefaultExchange(world.camel());
        Message message = exchange.getMessage();
        message.setBody(record.value());
        message.setHeader(KafkaConstants.TOPIC, record.partition().topic());
        message.setHeader(KafkaConstants.PARTITION, record.partition().partition());
        message.setHeader(KafkaConstants.OFFSET, (long) record.offset());
        message.setHeader(KafkaConstants.KEY, record.key());
        message.setHeader(KafkaConstants.MANUAL_COMMIT, new DefaultKafkaManualSyncCommit(
            new CamelExchangePayload(exchange, member, "simulation", null), new KafkaRecordPayload(record.partition(), record.offset(), 5_000), null));
        return exchange;
    }

    /** A member of a group, which commits as long as no other has taken its partitions over. */
    private class Member extends MockConsumer<byte[], byte[]> {
        private final String group;
        private final Step step;

        Member(String group, Step step) {
            super(OffsetResetStrategy.EARLIEST);
            this.group = group;
            this.step = step;
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.copyOf(log.partitions(group));
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            arrive(step);
            if (owners.get(group) != step) {
                note(group + " may not commit, another has its partitions");
                throw new CommitFailedException("The partitions have moved on");
            }
            offsets.forEach((partition, offset) -> log.commit(group, partition, (int) offset.offset()));
        }
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private void note(String what) {
        script.add("  ".repeat(steps.size()) + what);
    }
}
