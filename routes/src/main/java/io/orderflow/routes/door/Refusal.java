package io.orderflow.routes.door;

/** Ends a request with a problem that is the caller's to mend. */
public class Refusal extends RuntimeException {
    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
