package io.orderflow.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who may open a door: that of the API, or that of Hawtio and the rest of the management port. */
public record Login(String username, String password) {

    /** As it is shown in the header {@code Authorization}. */
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
