package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** What a caller is told when something is wrong, as RFC 9457 has it, and after how many seconds to try again; never anything about our insides. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<Fault> errors, @JsonIgnore Integer retryAfter) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One field of the request, as a path like {@code lines[0].quantity}, and what is wrong with it. */
    public record Fault(String field, String message) {
    }

    public static Problem of(int status, String title, String detail, List<Fault> errors) {
        return new Problem("about:blank", title, status, detail, errors, null);
    }

    private static Problem passing(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, List.of(), 1);
    }

    static Problem unreadable(String detail, List<Fault> errors) {
        return of(400, "Bad Request", detail, errors);
    }

    /** The request reads well, but cannot be done. */
    public static Problem refused(String detail, List<Fault> errors) {
        return of(422, "Unprocessable Content", detail, errors);
    }

    /** The caller is known, and this is not theirs. */
    public static Problem forbidden(String detail) {
        return of(403, "Forbidden", detail, List.of());
    }

    public static Problem notFound(String detail) {
        return of(404, "Not Found", detail, List.of());
    }

    /** The request cannot be done as things stand. */
    public static Problem conflict(String detail) {
        return of(409, "Conflict", detail, List.of());
    }

    /** The request cannot be done at this moment, for somebody else is at it. */
    public static Problem busy(String detail) {
        return passing(409, "Conflict", detail);
    }

    static Problem tooLarge(int limit) {
        return of(413, "Content Too Large", "The body is larger than " + limit + " bytes", List.of());
    }

    static Problem unavailable() {
        return passing(503, "Service Unavailable", "Not available for the moment; please try again");
    }

    static Problem internal() {
        return of(500, "Internal Server Error", "Something went wrong on our side", List.of());
    }

    /** Answers with this where no route has come into play yet. */
    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        if (retryAfter != null)
            response.setHeader("Retry-After", retryAfter.toString());
        response.getOutputStream().write(JSON.writeValueAsBytes(this));
    }
}
