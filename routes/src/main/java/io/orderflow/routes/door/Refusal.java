package io.orderflow.routes.door;

import java.util.function.Supplier;

/** Ends a request with a problem that is the caller's to mend. */
public class Refusal extends RuntimeException {
    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** What the work comes to, or the problem that it was refused with. */
    public static Object orProblem(Supplier<?> work) {
        try {
            return work.get();
        } catch (Refusal e) {
            return e.problem;
        }
    }

    Problem problem() {
        return problem;
    }
}
