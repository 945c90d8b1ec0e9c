package io.orderflow.local.bench;

/**
 * How fast orders come. At full speed each connection sends again as soon as it has its answer; at a fixed rate every request is due at its
 * own time, answers or no answers, and latency counts from then.
 *
 * @param rate orders a second, or 0 for full speed
 * @param orders how many at full speed, or 0 for no limit but the time
 * @param seconds how long, or 0 for no limit but the number
 * @param bulk orders in one request
 */
record Pace(double rate, long orders, double seconds, int bulk, int connections) {

    static Pace orders(long orders, int bulk, int connections) {
        return new Pace(0, orders, 0, bulk, connections);
    }

    static Pace fullSpeed(double seconds, int bulk, int connections) {
        return new Pace(0, 0, seconds, bulk, connections);
    }

    static Pace steady(double rate, double seconds, int bulk, int connections) {
        return new Pace(rate, 0, seconds, bulk, connections);
    }

    static Pace silence(double seconds) {
        return new Pace(0, 0, seconds, 1, 0);
    }

    boolean fixed() {
        return rate > 0;
    }

    /** The time from one request to the next. */
    double nanosBetween() {
        return 1e9 * bulk / rate;
    }
}
