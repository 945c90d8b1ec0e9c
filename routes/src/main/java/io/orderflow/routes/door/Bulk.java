package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Validator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** Reads many requests at once, from a JSON array or from lines of JSON: each comes out as read, or as the {@link Problem} that it has. */
public class Bulk<T> {
    public static final String LINES = "application/x-ndjson";

    private final Strict<T> strict;
    private final int most;

    public Bulk(Class<T> type, Validator validator, int most) {
        this.strict = new Strict<>(Strict.BODY, type, validator);
        this.most = most;
    }

    /** What is read. */
    Class<T> type() {
        return strict.type();
    }

    @Handler
    public List<Object> read(Exchange exchange) {
        var body = Request.body(exchange);
        var requests = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, "", String.class).startsWith(LINES) ? lines(body) : elements(body);
        var all = requests.limit(most + 1L).toList();
        if (all.isEmpty() || all.size() > most)
            throw new Refusal(Problem.unreadable("The body must hold 1 to " + most + " of them, and holds " + (all.isEmpty() ? "none" : "more"), List.of()));
        return all;
    }

    private Stream<Object> lines(byte[] body) {
        return new String(body, UTF_8).lines().filter(line -> !line.isBlank()).map(line -> Refusal.orProblem(() -> strict.read(line.getBytes(UTF_8))));
    }

    private Stream<Object> elements(byte[] body) {
        JsonNode array = Strict.refusing(() -> Strict.BODY.readTree(body));
        if (!array.isArray())
            throw new Refusal(Problem.unreadable("The body is not a JSON array", List.of()));
        return StreamSupport.stream(array.spliterator(), false).map(element -> Refusal.orProblem(() -> strict.read(element)));
    }
}
