package io.orderflow.routes.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Problem;
import java.util.List;

/** What became of many orders, each at its place. */
record OrderResults(List<Result> results) {

    /** The status that the order would have been answered with alone: the order as placed, or the problem that it has. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(int status, Order order, Problem problem) {
    }

    static Result result(Object outcome) {
        return outcome instanceof Problem problem ? new Result(problem.status(), null, problem) : new Result(202, (Order) outcome, null);
    }
}
