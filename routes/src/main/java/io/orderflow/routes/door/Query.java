package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Validator;
import java.net.URLDecoder;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** Reads the parameters after the question mark, strictly: what is not as it must be is answered 400 with the parameters named. */
public class Query<T> {
    private final Strict<T> strict;
    private final String[] pathParameters;

    /** The path parameters named are fields of {@code T} too. */
    public Query(Class<T> type, Validator validator, String... pathParameters) {
        this.strict = new Strict<>(Strict.QUERY, type, validator);
        this.pathParameters = pathParameters;
    }

    /** What is read. */
    Class<T> type() {
        return strict.type();
    }

    @Handler
    public T read(Exchange exchange) {
        var query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        return strict.read(Strict.with(parameters(query), exchange.getMessage(), pathParameters));
    }

    private static ObjectNode parameters(String query) {
        var parameters = Strict.QUERY.createObjectNode();
        for (var parameter : query.split("&")) {
            var name = decoded(parameter.replaceFirst("=.*", ""));
            if (!parameter.isEmpty() && parameters.has(name))
                throw new Refusal(Strict.fault(name, "is given twice"));
            if (!parameter.isEmpty())
                parameters.put(name, decoded(parameter.contains("=") ? parameter.substring(parameter.indexOf('=') + 1) : ""));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.unreadable("The query is not encoded as it must be", List.of()));
        }
    }
}
