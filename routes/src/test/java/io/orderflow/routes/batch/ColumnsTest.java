package io.orderflow.routes.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private enum Kind { FIRST, SECOND }

    private record Line(String sku, long quantity) {
    }

    private record Order(UUID id, Kind kind, Boolean paid, List<Line> lines, Line best) {
    }

    private record Orders(List<Order> undecided, List<UUID> settled) {
    }

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final List<Order> ORDERS = List.of(
        new Order(ONE, Kind.FIRST, true, List.of(new Line("A", 1), new Line("B", 2)), new Line("A", 1)),
        new Order(TWO, Kind.SECOND, null, List.of(new Line("C", 3)), null));
    private static final Orders BATCH = new Orders(ORDERS, List.of(TWO, ONE));

    @Test
    void aComponentOfEachIsAnArray() {
        assertThat(Columns.column(BATCH, "undecided_id")).isEqualTo(new String[] {ONE.toString(), TWO.toString()});
        assertThat(Columns.column(BATCH, "undecided_kind")).isEqualTo(new String[] {"FIRST", "SECOND"});
        assertThat(Columns.column(BATCH, "undecided_paid")).isEqualTo(new Boolean[] {true, null});
        assertThat(Columns.column(BATCH, "settled")).isEqualTo(new String[] {TWO.toString(), ONE.toString()});
    }

    @Test
    void theLinesOfAllFollowOneAnotherAndTellWhoseTheyAre() {
        assertThat(Columns.column(BATCH, "undecided_lines_sku")).isEqualTo(new String[] {"A", "B", "C"});
        assertThat(Columns.column(BATCH, "undecided_lines_quantity")).isEqualTo(new Long[] {1L, 2L, 3L});
        assertThat(Columns.column(BATCH, "undecided_lines_n")).isEqualTo(new Long[] {1L, 1L, 2L});
    }

    @Test
    void aBatchMayBeAList() {
        assertThat(Columns.column(ORDERS, "id")).isEqualTo(new String[] {ONE.toString(), TWO.toString()});
        assertThat(Columns.column(ORDERS, "lines_n")).isEqualTo(new Long[] {1L, 1L, 2L});
    }

    @Test
    void oneWithoutLinesIsPassedOver() {
        var orders = List.of(new Order(ONE, null, null, List.of(), null), ORDERS.get(1));

        assertThat(Columns.column(orders, "lines_n")).isEqualTo(new Long[] {2L});
        assertThat(Columns.column(orders, "kind")).isEqualTo(new String[] {null, "SECOND"});
    }

    @Test
    void aRecordIsWrittenAsJson() {
        assertThat(Columns.column(ORDERS, "best")).isEqualTo(new String[] {"{\"sku\":\"A\",\"quantity\":1}", null});
    }

    @Test
    void nothingIsAnEmptyArray() {
        assertThat(Columns.column(List.of(), "lines_n")).isEmpty();
        assertThat(Columns.column(Arrays.asList(), "id")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Columns.column(BATCH, "undecided_lines_price")).hasMessage("Line has no price");
    }
}
