package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;

import io.orderflow.routes.failure.Failure;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.UriComponentsBuilder;

/** Turns the body into the answer to a request: status and headers here, and no header that came in goes out again. */
public class Answer<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private final Class<T> type;
    private final Class<?> shownType;
    private final List<Integer> statuses;
    private final ToIntFunction<T> status;
    private final Function<T, ?> shown;
    private final Function<T, String> location;

    private Answer(Class<T> type, Class<?> shownType, List<Integer> statuses, ToIntFunction<T> status, Function<T, ?> shown, Function<T, String> location) {
        this.type = type;
        this.shownType = shownType;
        this.statuses = statuses;
        this.status = status;
        this.shown = shown;
        this.location = location;
    }

    public static <T> Answer<T> ok(Class<T> type) {
        return new Answer<>(type, type, List.of(200), body -> 200, Function.identity(), null);
    }

    /** 202, with the address where the outcome can be seen. */
    public static <T> Answer<T> accepted(Class<T> type, Function<T, String> location) {
        return new Answer<>(type, type, List.of(202), body -> 202, Function.identity(), location);
    }

    /** 201 for what is new, 200 for what was there already; shown is what is kept now. */
    public static <T, S> Answer<T> kept(Class<T> type, Predicate<T> isNew, Class<S> shownType, Function<T, S> shown) {
        return new Answer<>(type, shownType, List.of(200, 201), body -> isNew.test(body) ? 201 : 200, shown, null);
    }

    /** 404, told in these words. */
    public static Nothing nothing(String detail) {
        return new Nothing(detail);
    }

    /** Ends a request for something that is not there. */
    public record Nothing(String detail) {
        @Handler
        public void refuse() {
            throw new Refusal(Problem.notFound(detail));
        }
    }

    /** Ends a request with the problem that the body is; its status is one of these. */
    public static Refused refused(Integer... statuses) {
        return new Refused(List.of(statuses));
    }

    /** Ends a request that cannot be done. */
    public record Refused(List<Integer> statuses) {
        @Handler
        public void refuse(Exchange exchange) {
            throw new Refusal(exchange.getMessage().getBody(Problem.class));
        }
    }

    /** The format of every answer. */
    public static DataFormat json() {
        var format = new JacksonDataFormat(JSON, Object.class);
        format.setContentTypeHeader(false);
        return format;
    }

    @Handler
    public void address(Exchange exchange) {
        var body = exchange.getMessage().getBody(type);
        address(exchange, status.applyAsInt(body), "application/json");
        if (location != null)
            exchange.getMessage().setHeader("Location", location.apply(body));
        exchange.getMessage().setBody(shown.apply(body));
    }

    /** The statuses that this can come to. */
    List<Integer> statuses() {
        return statuses;
    }

    /** What a caller gets to see. */
    Class<?> shownType() {
        return shownType;
    }

    /** Makes of the key that a page goes on after a link that asks the same again from there. */
    public static Page link(Exchange exchange) {
        var page = exchange.getMessage().getBody(Page.class);
        var request = exchange.getMessage();
        return page.next() == null ? page
            : page.next(UriComponentsBuilder.fromPath(request.getHeader(Exchange.HTTP_URI, String.class)).query(request.getHeader(Exchange.HTTP_QUERY, String.class))
                .replaceQueryParam("after", page.next()).build().toUriString());
    }

    /** Turns whatever went wrong into a problem: the caller's fault by name, an outage as 503, anything else as a bare 500. */
    static void problem(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var problem = problem(failure);
        if (problem.status() >= 500)
            LOG.warn("{} answers {}: {}", exchange.getFromRouteId(), problem.status(), failure.toString(), problem.status() == 500 ? failure : null);
        address(exchange, problem.status(), Problem.MEDIA_TYPE);
        exchange.getMessage().setBody(problem);
        if (problem.retryAfter() != null)
            exchange.getMessage().setHeader("Retry-After", problem.retryAfter().toString());
    }

    static Problem problem(Throwable failure) {
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
        if (exchange.getProperty(IdempotencyKey.REPLAYED) != null)
            answer.setHeader(IdempotencyKey.REPLAYED, "true");
    }
}
