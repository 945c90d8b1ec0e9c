package io.orderflow.local.bench;

import io.orderflow.local.Together;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the same machine does of each thing that an order needs, alone and at its best: the yardstick for our own figures. */
class Limits {

    private static final int PARTITIONS = 6;
    private static final int ROWS = 500;
    private static final int WRITERS = 8;
    /** As long as an event of ours. */
    private static final byte[] RECORD = "x".repeat(400).getBytes(StandardCharsets.US_ASCII);
    private static final String TOPIC = "bench-limits";

    private final Stage stage;
    private final int seconds;

    Limits(Stage stage, int seconds) {
        this.stage = stage;
        this.seconds = seconds;
    }

    void measure() {
        Shelves.run(stage.database("orders"), "create table bench_limits (id bigint generated always as identity primary key, event json not null)");
        stage.figure("commits of one row a second, one connection", insert(1, 1));
        stage.figure("commits of one row a second, " + WRITERS + " connections", insert(WRITERS, 1));
        stage.figure("rows a second, " + ROWS + " in one statement, one connection", insert(1, ROWS));
        Shelves.run(stage.database("orders"), "drop table bench_limits");
        stage.figure("records a second, acks=all, one producer", produce());
        stage.figure("HTTP requests a second that touch no database", http());
    }

    /** Something that is done over and over again. */
    private interface Deed {
        void run() throws SQLException, IOException;
    }

    private double insert(int writers, int rows) {
        LongAdder stored = new LongAdder();
        long begin = System.nanoTime();
        Together.run(Stream.generate(() -> (Runnable) () -> {
            try (Connection connection = stage.database("orders").connect();
                PreparedStatement insert = connection.prepareStatement("insert into bench_limits (event) select cast(? as json) from generate_series(1, " + rows + ")")) {
                insert.setString(1, "{\"event\":\"" + new String(RECORD, StandardCharsets.US_ASCII) + "\"}");
                repeat(begin, () -> stored.add(insert.executeUpdate()));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }).limit(writers).toList());
        return perSecond(stored, begin);
    }

    private double produce() {
        Kafka.get(stage.kafka().admin().createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all());
        LongAdder stored = new LongAdder();
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stage.processes().brokers(), ProducerConfig.ACKS_CONFIG, "all");
        long begin = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            repeat(begin, () -> producer.send(new ProducerRecord<>(TOPIC, RECORD), (metadata, failure) -> stored.add(failure == null ? 1 : 0)));
            producer.flush();
        }
        double rate = perSecond(stored, begin);
        Kafka.get(stage.kafka().admin().deleteTopics(Set.of(TOPIC)).all());
        return rate;
    }

    private double http() {
        LongAdder answered = new LongAdder();
        Gauges.Reading before = Gauges.present() ? gauges().read() : null;
        long begin = System.nanoTime();
        int port = stage.processes().orderPorts().get(0);
        Together.run(Stream.generate(() -> (Runnable) () -> {
            try (Caller caller = new Caller(port, stage.processes().badge().authorization())) {
                repeat(begin, () -> {
                    caller.get("/orders/not-an-id");
                    answered.increment();
                });
            }
        }).limit(stage.settings.connections).toList());
        double rate = perSecond(answered, begin);
        if (before != null) {
            stage.figure("CPU-ms of the load generator for such a request", gauges().read().since(before).cpu().get(Gauges.LOAD) / (double) answered.sum());
        }
        return rate;
    }

    private Gauges gauges() {
        return new Gauges(stage.processes()::pids);
    }

    private void repeat(long begin, Deed deed) {
        try {
            while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
                deed.run();
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double perSecond(LongAdder count, long begin) {
        return count.sum() / ((System.nanoTime() - begin) / 1e9);
    }
}
