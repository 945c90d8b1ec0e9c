package io.orderflow.routes.door;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers with a problem where no route and nobody before it has: what the server sends here when it gives up on a request. */
@Controller
class LastAnswer implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Problem> answer(HttpServletRequest request) {
        // Whoever asks for this page by its path has no error to be told of.
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && HttpStatus.resolve(code) != null ? HttpStatus.valueOf(code) : HttpStatus.NOT_FOUND;
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Problem.of(status.value(), status.getReasonPhrase(), null, List.of()));
    }
}
