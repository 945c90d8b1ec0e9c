package io.orderflow.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * Gives one machine a real Kafka: one broker that is its own controller, in this process, on a folder that outlives it.
 *
 * <p>It listens on the loopback address only, can be stopped and started again on the same folder and port, and survives a hard kill.
 * Acknowledged records are in the operating system's hands, not necessarily on the disk: one broker does not survive a power loss.
 */
public class Broker implements AutoCloseable {

    /** Partitions of every topic: the most consumers that can share one step. */
    public static final int PARTITIONS = 6;
    /** How long a record can be replayed. */
    public static final Duration RETENTION = Duration.ofDays(14);
    /** The largest record, in bytes, of topics that carry other topics' records with headers of ours on top. */
    public static final int PARKED_RECORD_BYTES = 2 * 1024 * 1024;

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;

    private final Path folder;
    private final int port;
    private final Map<String, String> security;
    private KafkaRaftServer server;

    /** A broker that lets in whoever comes: it listens on the loopback address alone. */
    public Broker(Path folder, int port) {
        this(folder, port, Map.of());
    }

    /** @param security settings by which it asks everybody who they are, and lets them do what they may */
    Broker(Path folder, int port, Map<String, String> security) {
        this.folder = folder;
        this.port = port;
        this.security = security;
    }

    /** Starts the broker and returns when it takes records; formats the folder the first time. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        Properties settings = settings(freePort());
        if (!Files.exists(log().resolve("meta.properties"))) {
            format(settings);
        }
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        try {
            starting.startup();
            server = starting;
        } finally {
            if (server == null) {
                starting.shutdown();
            }
        }
    }

    /** Stops the broker in good order, flushing its log; {@link #start()} takes it up again where it was. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The address that clients start from. */
    public String brokers() {
        return HOST + ":" + port;
    }

    /** Creates the topics that are not there yet. Topics for parked records take larger records than the others. */
    public void create(Collection<String> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers()))) {
            Set<String> existing = admin.listTopics().names().get();
            admin.createTopics(topics.stream().distinct().filter(topic -> !existing.contains(topic)).map(Broker::topic).toList()).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics could not be created: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topics were created", e);
        }
    }

    private static NewTopic topic(String name) {
        String retention = Long.toString(RETENTION.toMillis());
        return new NewTopic(name, PARTITIONS, (short) 1).configs(name.endsWith(".parked")
            ? Map.of("retention.ms", retention, "max.message.bytes", Integer.toString(PARKED_RECORD_BYTES))
            : Map.of("retention.ms", retention));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void format(Properties settings) {
        try {
            Files.createDirectories(log());
            Path file = folder.resolve("format.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, "What the folder was formatted with; every start makes its own settings");
            }
            String[] command = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString(), "--ignore-formatted"};
            int result = StorageTool.execute(command, new PrintStream(OutputStream.nullOutputStream()));
            if (result != 0) {
                throw new IllegalStateException("Kafka could not format " + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties settings(int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE)),
            Map.entry("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listeners", security.getOrDefault("inter.broker.listener.name", "PLAINTEXT") + "://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort),
            Map.entry("log.dirs", log().toString())));
        // What the promises need: nothing appears by accident, and nothing is forgotten before its time.
        settings.putAll(Map.of(
            "auto.create.topics.enable", "false",
            "log.retention.ms", Long.toString(RETENTION.toMillis()),
            "offsets.retention.minutes", Long.toString(RETENTION.plusDays(1).toMinutes())));
        // What one small machine needs: few threads, small buffers, no waiting for others, no thousand MBeans in everybody's console.
        settings.putAll(Map.ofEntries(
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "6"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // After a hard kill the controller waits that long for the broker that was, before it takes the new one.
            Map.entry("broker.session.timeout.ms", "6000"),
            Map.entry("broker.heartbeat.interval.ms", "1000"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.segment.bytes", "134217728"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("metrics.jmx.exclude", ".*")));
        settings.putAll(security);
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
