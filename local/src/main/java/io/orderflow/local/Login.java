package io.orderflow.local;

/** Who may see Hawtio and the rest of the management port. */
public record Login(String username, String password) {
}
