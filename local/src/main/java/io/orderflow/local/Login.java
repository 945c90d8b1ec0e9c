package io.orderflow.local;

/** By which name somebody is let in: to Hawtio and the rest of the management port, or to a database. */
public record Login(String username, String password) {
}
