package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PGobject;

class RowsTest {
    private enum State { HELD, REFUSED }

    private record Row(UUID orderId, State state, long version, String reason, Instant decidedAt, List<String> shortOf) {
    }

    private static final UUID ID = new UUID(0, 1);
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456Z");

    private static Map<String, Object> row() throws Exception {
        var json = new PGobject();
        json.setType("jsonb");
        json.setValue("[\"SKU-1\", \"SKU-2\"]");
        return new HashMap<>(Map.of("order_id", ID, "state", "REFUSED", "version", 3L, "reason", "none left", "decided_at", Timestamp.from(AT), "short_of", json));
    }

    @Test
    void everyColumnGoesToTheComponentOfItsName() throws Exception {
        assertThat(new Rows(Row.class).read(List.of(row()))).containsExactly(new Row(ID, State.REFUSED, 3, "none left", AT, List.of("SKU-1", "SKU-2")));
    }

    @Test
    void whatIsNullStaysNull() throws Exception {
        var row = row();
        for (var column : List.of("state", "reason", "decided_at", "short_of"))
            row.put(column, null);

        assertThat(new Rows(Row.class).read(List.of(row))).containsExactly(new Row(ID, null, 3, null, null, null));
    }

    @Test
    void aColumnThatIsNotAnsweredIsNamed() throws Exception {
        var row = row();
        row.remove("decided_at");

        assertThatThrownBy(() -> new Rows(Row.class).read(List.of(row))).hasMessage("The statement answers no column decided_at for Row");
    }

    @Test
    void aStateThatNobodyKnowsIsAnError() throws Exception {
        var row = row();
        row.put("state", "LOST");

        assertThatThrownBy(() -> new Rows(Row.class).read(List.of(row))).hasMessageContaining("LOST");
    }
}
