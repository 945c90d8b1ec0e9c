package io.orderflow.routes.door;

/** A path whose requests may be larger than usual. */
public record Allowance(String path, int bytes) {
}
