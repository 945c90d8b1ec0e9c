package io.orderflow.routes.settings;

/** Something an operator can put right: the message says in one sentence what it is and what to change, and is all that is shown. */
public class CannotStart extends RuntimeException {

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
