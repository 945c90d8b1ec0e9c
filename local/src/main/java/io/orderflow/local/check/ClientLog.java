package io.orderflow.local.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What the clients remember of their requests, whatever the system says later: a file with one JSON object a line, which any load generator
 * can write. Each request stands in it once, when its outcome is known; several threads may write.
 *
 * <pre>{@code
 * {"what":"place","customer":"ann","key":"k-1","body":"5f0c...","outcome":"OK","status":202,"order":"0199...","total":2300,"from":17,"to":21}
 * {"what":"place","customer":"bob","body":"77aa...","outcome":"INFO","status":0,"from":18,"to":60018}
 * {"what":"read","order":"0199...","status":200,"state":"PAID","from":30,"to":31}
 * {"what":"poison","topic":"order.created.v1","partition":3,"offset":17,"body":"9bcd..."}
 * }</pre>
 *
 * {@code from} and {@code to} are milliseconds on one clock of the client that never goes back. Who sends no {@code key} gives each request a
 * customer of its own, or what it has placed cannot be told from what another has. Of a batch each order is a line, with the key {@code <key>/<place>},
 * counted from 1.
 */
public class ClientLog implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private BufferedWriter writer;

    /** A log in this file; what is in it already stays. */
    public ClientLog(Path file) {
        this.file = file;
    }

    /** What a client can say of a request: it was accepted; it was refused, so that nothing can have come of it; or nobody knows. */
    public enum Outcome { OK, FAIL, INFO }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(@JsonProperty(required = true) String what, String customer, String key, String body, Outcome outcome, Integer status, UUID order, String state, Long total, Long from, Long to, String topic,
        Integer partition, Long offset) {
    }

    /** The clock of {@code from} and {@code to}. */
    public static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /**
     * A request to place an order.
     *
     * @param key its {@code Idempotency-Key}; null where it had none
     * @param body {@link #body} of what was asked
     * @param status of the answer; 0 where there was none
     * @param order its id; null unless it was accepted
     * @param total of the order in minor units, as it was answered
     */
    public void placed(String customer, String key, String body, Outcome outcome, int status, UUID order, long total, long from, long to) {
        write(new Line("place", customer, key, body, outcome, status, order, null, outcome == Outcome.OK ? total : null, from, to, null, null, null));
    }

    /** A request to see an order that was answered; {@code state} is its status, or null where there was none to see. */
    public void read(UUID order, int status, String state, long from, long to) {
        write(new Line("read", null, null, null, null, status, order, state, null, from, to, null, null, null));
    }

    /** A record that can never succeed, put on a topic to see what becomes of it. */
    public void poison(String topic, int partition, long offset, byte[] value) {
        write(new Line("poison", null, null, hash(value), null, null, null, null, null, null, null, topic, partition, offset));
    }

    /** What an order asks for in few words: equal SKUs are one line, and lines have no order. */
    public static String body(String customer, String currency, String paymentMethod, Map<String, Long> quantities) {
        return hash((customer + "\n" + currency + "\n" + paymentMethod + "\n" + new TreeMap<>(quantities)).getBytes(UTF_8));
    }

    static String hash(byte[] bytes) {
        return bytes == null ? "none" : sha256(bytes).substring(0, 32);
    }

    /** In hexadecimal digits, as PostgreSQL has it too. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void write(Line line) {
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(JSON.writeValueAsString(line));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything so far, in the order in which it was written. */
    synchronized void forEach(Consumer<Line> reader) {
        try {
            if (writer != null) {
                writer.flush();
            }
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        reader.accept(JSON.readValue(line, Line.class));
                    }
                }
            }
        } catch (IOException e) {
            throw new CannotLook("The client log " + file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
