package io.orderflow.routes.parking;

import java.time.Instant;
import java.util.List;

/**
 * A record as it was found on a parked topic.
 *
 * @param place    the partition it was found on
 * @param record   its offset there
 * @param parkedAt when it was put there
 * @param cause    the class of what went wrong; null where the record does not say
 * @param origin   where it was before it was parked, as far as it says
 */
record Find(String route, String topic, int place, long record, Instant parkedAt, byte[] key, byte[] payload, List<Header> headers, String cause, String message, Origin origin) {

    /** A header of a record; a value is any bytes, or nothing. */
    record Header(String name, byte[] value) {
    }
}
