package io.orderflow.routes.parking;

import java.util.List;

/** A parked record as the database has it. */
record StoredRecord(Parked record, byte[] key, byte[] payload, List<Find.Header> headers, List<ParkedRecord.Step> trail) {

    /** The same for whoever asks, its bytes as text too. */
    public ParkedRecord shown() {
        return new ParkedRecord(record.id(), record.route(), record.state(), record.cause(), record.message(), record.origin(), record.parkedAt(), record.decidedAt(),
            Bytes.of(key), Bytes.of(payload), headers.stream().map(header -> new ParkedRecord.Header(header.name(), Bytes.of(header.value()))).toList(), trail);
    }
}
