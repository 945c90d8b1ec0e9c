package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;

import io.orderflow.routes.failure.Failure;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the body into the answer to a request: status and headers here, and no header that came in goes out again. */
public class Answer<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private final Class<T> type;
    private final int status;
    private final Function<T, String> location;

    private Answer(Class<T> type, int status, Function<T, String> location) {
        this.type = type;
        this.status = status;
        this.location = location;
    }

    public static <T> Answer<T> ok(Class<T> type) {
        return new Answer<>(type, 200, null);
    }

    /** 202, with the address where the outcome can be seen. */
    public static <T> Answer<T> accepted(Class<T> type, Function<T, String> location) {
        return new Answer<>(type, 202, location);
    }

    /** The format of every answer. */
    public static DataFormat json() {
        var format = new JacksonDataFormat(JSON, Object.class);
        format.setContentTypeHeader(false);
        return format;
    }

    @Handler
    public void address(Exchange exchange) {
        address(exchange, status, "application/json");
        if (location != null)
            exchange.getMessage().setHeader("Location", location.apply(exchange.getMessage().getBody(type)));
    }

    /** 422 with the problem that the body is. */
    public static void refused(Exchange exchange) {
        throw new Refusal(exchange.getMessage().getBody(Problem.class));
    }

    /** 404. */
    public static void noSuchOrder() {
        throw new Refusal(Problem.notFound("There is no order with this id"));
    }

    /** Turns whatever went wrong into a problem: the caller's fault by name, an outage as 503, anything else as a bare 500. */
    static void problem(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var problem = problem(failure);
        if (problem.status() >= 500)
            LOG.warn("{} answers {}: {}", exchange.getFromRouteId(), problem.status(), failure.toString(), problem.status() == 500 ? failure : null);
        address(exchange, problem.status(), Problem.MEDIA_TYPE);
        exchange.getMessage().setBody(problem);
        if (problem.status() == 503)
            exchange.getMessage().setHeader("Retry-After", "1");
    }

    private static Problem problem(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof Refusal refusal)
                return refusal.problem();
        return Failure.of(failure) == Failure.TRANSIENT ? Problem.unavailable() : Problem.internal();
    }

    private static void address(Exchange exchange, int status, String mediaType) {
        var answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader(Exchange.CONTENT_TYPE, mediaType);
    }
}
