package io.orderflow.routes.parking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All there is to know of a parked record: its bytes, its headers, what went wrong, and who did what about it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ParkedRecord(UUID id, String route, ParkedState state, String cause, String message, Origin origin, Instant parkedAt, Instant decidedAt,
    Bytes key, Bytes payload, List<Header> headers, List<Step> trail) {

    /** A header of the record on the parked topic. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Header(String name, Bytes value) {
    }

    /** What was done: COLLECTED, REPLAYED, SENT, NOT_SENT or DISCARDED; by whom, where somebody did it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(String what, String by, String reason, Instant at) {
    }
}
