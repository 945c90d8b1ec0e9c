package io.orderflow.routes.parking;

import static io.orderflow.routes.batch.Json.JSON;
import static io.orderflow.routes.event.Examples.id;

import io.orderflow.routes.door.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Message;

/** Parked records to try routes with. */
final class ParkedExamples {
    static final Instant AT = Instant.parse("2026-11-01T09:30:00.123Z");

    private ParkedExamples() {
    }

    static Parked parked(int n, ParkedState state) {
        return new Parked(id(n), "take-payment", state, "com.fasterxml.jackson.core.JsonParseException", "Unrecognized token", new Origin("inventory.reserved.v1", "3", "17"),
            AT, state == ParkedState.PARKED ? null : AT);
    }

    static StoredRecord stored(int n, byte[] payload) {
        return new StoredRecord(parked(n, ParkedState.PARKED), new byte[] {'k'}, payload, List.of(new Find.Header("odd", new byte[] {-1})),
            List.of(new ParkedRecord.Step("COLLECTED", null, null, AT)));
    }

    static <T> T read(Message answer, Class<T> type) throws IOException {
        return JSON.readValue(answer.getBody(byte[].class), type);
    }

    static Problem problem(Message answer) throws IOException {
        return read(answer, Problem.class);
    }
}
