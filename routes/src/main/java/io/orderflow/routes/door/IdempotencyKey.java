package io.orderflow.routes.door;

import io.orderflow.routes.door.Problem.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/**
 * The {@code Idempotency-Key} of a request: who sends the same again under the same key gets the same answer, and nothing is done twice.
 * A key is a string as RFC 8941 has it, or the same without its quotes; it is the caller's own choice, and good for one request.
 */
public class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])+)\"");
    private static final Pattern BARE = Pattern.compile("[!#-+\\--\\[\\]-~]+");

    /** What can be done under a key. */
    public interface Keyed {
        /** The same under this key; place is its place among those that came together, and 0 where it came alone. */
        Object under(String key, int place);
    }

    /** What can be the answer to an earlier request. */
    public interface Repeatable {
        boolean isReplayed();
    }

    /** Puts the key of the request, if it has one, on what it asks for. */
    @Handler
    public Object attach(Exchange exchange) {
        var body = exchange.getMessage().getBody();
        var header = exchange.getMessage().getHeader(HEADER, String.class);
        if (header == null)
            return body;
        var key = read(header);
        if (!(body instanceof List<?> many))
            return ((Keyed) body).under(key, 0);
        var place = new AtomicInteger();
        return many.stream().map(one -> {
            place.incrementAndGet();
            return one instanceof Keyed keyed ? keyed.under(key, place.get()) : one;
        }).toList();
    }

    private static String read(String header) {
        var value = header.strip();
        var quoted = QUOTED.matcher(value);
        var key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value;
        if (!quoted.matches() && !BARE.matcher(value).matches() || key.isBlank() || key.length() > LONGEST)
            throw new Refusal(Problem.unreadable("The " + HEADER + " cannot be read",
                List.of(new Fault(HEADER, "must be 1 to " + LONGEST + " printable ASCII characters, in quotes where there are spaces, commas or backslashes among them"))));
        return key;
    }

    /** Takes down whether the answer is one that was given before. */
    public static void note(Exchange exchange) {
        var body = exchange.getMessage().getBody();
        var answers = (body instanceof List<?> many ? many.stream() : Stream.of(body)).filter(Repeatable.class::isInstance).map(Repeatable.class::cast).toList();
        if (!answers.isEmpty() && answers.stream().allMatch(Repeatable::isReplayed))
            exchange.setProperty(REPLAYED, true);
    }
}
