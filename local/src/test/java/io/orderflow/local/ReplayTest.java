package io.orderflow.local;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.event.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Whatever is delivered again, however often and in whatever company, changes nothing and is answered in the same words. */
@TestMethodOrder(OrderAnnotation.class)
class ReplayTest {
    private static Rig rig;
    private static Random random;
    private static Map<String, String> before;
    private static Map<String, Long> told;

    @BeforeAll
    static void liveOnce() {
        rig = Rig.whole();
        random = Traffic.random("replay");
        Traffic.stock(rig);
        Traffic.rush(rig.shop, random, 400, 4);
        rig.awaitTheEnd();
        new Checker(rig).clean();
        // Whoever was refused for want of stock would be served now, if anybody asked anew instead of remembering.
        rig.receive(Traffic.SOLD_OUT, 10_000);
        rig.receive(Traffic.RUNS_OUT, 10_000);
        before = new Checker(rig).fingerprints();
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @Test
    @Order(1)
    void everyRecordOfEveryTopicDeliveredOnceMoreChangesNothing() {
        told = counts();
        for (String topic : Bus.EVENTS) {
            rig.bus().send(shuffled(rig.bus().all(topic)).stream().map(Bus::copy).toList());
        }
        rig.awaitTheEnd();
        nothingHasChangedAndEverythingWasToldAgain();
    }

    @Test
    @Order(2)
    void everyRecordOfEveryTopicTwiceWithinOneBatchChangesNothing() {
        told = counts();
        for (String topic : Bus.EVENTS) {
            List<ProducerRecord<byte[], byte[]>> twice = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : shuffled(firsts(rig.bus().all(topic)))) {
                twice.add(Bus.copy(record));
                twice.add(Bus.copy(record));
            }
            rig.bus().send(twice);
        }
        rig.awaitTheEnd();
        nothingHasChangedAndEverythingWasToldAgain();
    }

    @Test
    @Order(3)
    void everyGroupThatStartsAllOverComesToTheSameEnd() {
        told = counts();
        rig.apps().close();
        Rig.await("every group is left by its last member").until(() -> Bus.LISTENS.keySet().stream().allMatch(rig.bus()::isLeft));
        rig.bus().startAllOver();
        rig.apps().start();
        rig.awaitTheEnd();
        nothingHasChangedAndEverythingWasToldAgain();
    }

    private static void nothingHasChangedAndEverythingWasToldAgain() {
        Checker checker = new Checker(rig);
        assertThat(checker.fingerprints()).as("fingerprints of the tables").isEqualTo(before);
        Map<String, Long> now = counts();
        for (String answers : List.of(Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED, Topics.PAYMENT_GENERATED, Topics.ORDER_PAYMENT_UPDATED, Topics.ORDER_CANCELLED)) {
            assertThat(now.get(answers)).as("records on %s, where every answer was told again", answers)
                .isGreaterThanOrEqualTo(told.get(answers) + firsts(rig.bus().all(answers)).size());
        }
        checker.clean();
    }

    private static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        Bus.EVENTS.forEach(topic -> counts.put(topic, rig.bus().count(topic)));
        return counts;
    }

    /** Each event once. */
    private static List<ConsumerRecord<byte[], byte[]>> firsts(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, ConsumerRecord<byte[], byte[]>> firsts = new LinkedHashMap<>();
        records.forEach(record -> firsts.putIfAbsent(Bus.header(record, "ce_id"), record));
        return List.copyOf(firsts.values());
    }

    /** In any order, but that those of one key stay in theirs. */
    private static List<ConsumerRecord<byte[], byte[]>> shuffled(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Queue<ConsumerRecord<byte[], byte[]>>> open = new ArrayList<>();
        records.stream().collect(groupingBy(record -> Bus.text(record.key()))).values().forEach(ofOneKey -> open.add(new ArrayDeque<>(ofOneKey)));
        List<ConsumerRecord<byte[], byte[]>> shuffled = new ArrayList<>();
        while (!open.isEmpty()) {
            int n = random.nextInt(open.size());
            shuffled.add(open.get(n).remove());
            if (open.get(n).isEmpty()) {
                open.remove(n);
            }
        }
        return shuffled;
    }
}
