package io.orderflow.local;

/** Something the user can put right: its message is one clear sentence, and no stack trace is ever shown for it. */
public class Problem extends RuntimeException {

    public Problem(String message) {
        super(message);
    }
}
