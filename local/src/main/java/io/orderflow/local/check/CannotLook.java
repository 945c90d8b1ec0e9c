package io.orderflow.local.check;

/** Something could not be read, so that nobody can say whether it is right. */
public class CannotLook extends RuntimeException {

    CannotLook(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
