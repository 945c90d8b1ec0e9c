package io.orderflow.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** By which name somebody is let in: to the API, to Hawtio and the rest of the management port, or to a database. */
public record Login(String username, String password) {

    /** As it is shown in the header {@code Authorization}. */
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
