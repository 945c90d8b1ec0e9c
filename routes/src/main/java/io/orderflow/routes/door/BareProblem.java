package io.orderflow.routes.door;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/** Answers with a problem where the server itself has refused a request, before anything of ours has seen it: a path that cannot be decoded, say. */
public class BareProblem extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        var status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported())
            return;
        try {
            Problem.of(status.value(), status.getReasonPhrase(), "The request cannot be served as it is", List.of()).writeTo(response.getResponse());
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().info("Nobody is there any more to be told", e);
        }
    }
}
