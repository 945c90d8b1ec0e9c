package io.orderflow.local.simulation;

import java.util.List;
import org.apache.camel.Message;

/** Whoever decides what happens between two steps of a route, and what becomes of what it sends. */
interface Director {

    /** The step of this id is about to be run. May throw a {@link Crash}. */
    void beat(String step);

    /** A step sends these. */
    void send(String topic, List<Message> letters);
}
