package io.orderflow.routes.door;

import jakarta.servlet.RequestDispatcher;
import java.util.List;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers with a problem where no route and nobody before it has: what the server sends to {@code /error} when it gives up on a request. */
class LastAnswer implements ErrorController, HandlerFunction<ServerResponse> {

    @Override
    public ServerResponse handle(ServerRequest request) {
        // Whoever asks for this page by its path has no error to be told of.
        var status = request.attribute(RequestDispatcher.ERROR_STATUS_CODE).map(Integer.class::cast).map(HttpStatus::resolve).orElse(HttpStatus.NOT_FOUND);
        return ServerResponse.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Problem.of(status.value(), status.getReasonPhrase(), null, List.of()));
    }
}
