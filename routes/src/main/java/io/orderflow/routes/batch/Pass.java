package io.orderflow.routes.batch;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** A batch on its way to an answer: what a statement leaves out, because somebody else was at it, is asked again in another pass. */
public interface Pass {
    /** Far more passes than contention can cause: a statement that never answers is a bug, and must not spin for ever. */
    int TOO_MANY = 1000;

    List<?> undecided();

    /** True while anything waits for an answer; answers for any body, for Camel asks once more when a step of the loop has failed. */
    static Predicate someUndecided() {
        return new Predicate() {
            @Override
            public boolean matches(Exchange exchange) {
                if (!(exchange.getMessage().getBody() instanceof Pass pass) || pass.undecided().isEmpty())
                    return false;
                if (exchange.getProperty(Exchange.LOOP_INDEX, 0, Integer.class) > TOO_MANY)
                    throw new IllegalStateException(pass.undecided().size() + " of a batch still have no answer after " + TOO_MANY + " passes");
                return true;
            }

            @Override
            public String toString() {
                return "some undecided";
            }
        };
    }
}
