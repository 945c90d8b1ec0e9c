package io.orderflow.local;

/** Something the user can put right: its message is one clear sentence, and no stack trace is ever shown for it. */
class Problem extends RuntimeException {

    Problem(String message) {
        super(message);
    }
}
