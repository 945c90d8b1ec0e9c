package io.orderflow.routes.failure;

/** A record that reads well and still can never be acted on, such as one about an order that nobody placed. */
public class Unacceptable extends RuntimeException {
    public Unacceptable(String why) {
        super(why);
    }
}
