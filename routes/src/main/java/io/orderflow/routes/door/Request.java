package io.orderflow.routes.door;

import jakarta.validation.Validator;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.Header;

/** Reads the JSON object that the body is, strictly: what is not as it must be is answered 400 with the fields named. */
public class Request<T> {
    public static final String SKU = "[A-Za-z0-9._-]{1,64}";
    public static final String SKU_RULE = "must be 1 to 64 letters, digits, dots, _ or -";

    private final Strict<T> strict;
    private final String[] pathParameters;

    /** The path parameters named are fields of {@code T} too, though not of the body. */
    public Request(Class<T> type, Validator validator, String... pathParameters) {
        this.strict = new Strict<>(Strict.BODY, type, validator);
        this.pathParameters = pathParameters;
    }

    /** What is read. */
    Class<T> type() {
        return strict.type();
    }

    @Handler
    public T read(Exchange exchange) {
        var body = body(exchange);
        return pathParameters.length == 0 ? strict.read(body)
            : strict.read(Strict.with(Strict.refusing(() -> Strict.BODY.readTree(body)), exchange.getMessage(), pathParameters));
    }

    /** The order id of the path; anything that is no id at all names no order. */
    public static UUID orderId(@Header("orderId") String id) {
        return uuid(id, "There is no order with this id");
    }

    /** An id of the path; anything that is no id at all names nothing, and that is told in these words. */
    public static UUID uuid(String id, String nothing) {
        try {
            if (id != null && id.length() == 36)
                return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            // falls through to the same answer as an id that nobody has
        }
        throw new Refusal(Problem.notFound(nothing));
    }

    /** The SKU of the path; what could not be one names nothing. */
    public static String sku(@Header("sku") String sku) {
        if (sku == null || !sku.matches(SKU))
            throw new Refusal(Problem.notFound("There is nothing of this SKU"));
        return sku;
    }

    static byte[] body(Exchange exchange) {
        var body = exchange.getMessage().getBody(byte[].class);
        if (body == null || body.length == 0)
            throw new Refusal(Problem.unreadable("The body is empty; JSON is expected", List.of()));
        return body;
    }
}
