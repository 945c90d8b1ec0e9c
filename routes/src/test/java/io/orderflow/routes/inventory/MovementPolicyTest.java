package io.orderflow.routes.inventory;

import static io.orderflow.routes.event.Examples.AT;
import static io.orderflow.routes.inventory.StockExamples.STOCK;
import static io.orderflow.routes.inventory.StockExamples.adjustment;
import static io.orderflow.routes.inventory.StockExamples.receipt;
import static io.orderflow.routes.inventory.StockExamples.refused;
import static io.orderflow.routes.inventory.StockExamples.stored;
import static io.orderflow.routes.inventory.StockExamples.storedBefore;
import static io.orderflow.routes.inventory.StockExamples.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.routes.batch.Json;
import io.orderflow.routes.door.Problem;
import io.orderflow.routes.door.Refusal;
import io.orderflow.routes.inventory.Movement.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MovementPolicyTest {
    private final MovementPolicy policy = new MovementPolicy();

    @Test
    void asksForAMovementThatNobodyHasAnsweredYet() {
        assertThat(policy.receive(new Receipt("SKU-1", "r-1", 5L, "delivery 7"))).isEqualTo(Move.of(receipt(5)))
            .satisfies(move -> assertThat(move.undecided()).containsExactly(receipt(5)));
        assertThat(policy.adjust(new Adjustment("SKU-1", "a-1", -5L, "broken"))).isEqualTo(Move.of(adjustment(-5)));
    }

    @Test
    void anAdjustmentChangesSomething() {
        assertThatThrownBy(() -> policy.adjust(new Adjustment("SKU-1", "a-1", 0L, "broken"))).isInstanceOf(Refusal.class);
    }

    @Test
    void aMovementIsAnsweredAsItIsStored() {
        assertThat(policy.judge(stored(adjustment(-3)))).isEqualTo(stored(adjustment(-3)));
        assertThat(policy.judge(storedBefore(receipt(5)))).isEqualTo(storedBefore(receipt(5)));
    }

    static Stream<Movement> others() {
        return Stream.of(adjustment(-4), receipt(-3),
            new Movement("SKU-1", Kind.ADJUSTMENT, -3, "lost", "a-1", null), new Movement("SKU-1", Kind.ADJUSTMENT, -3, null, "a-1", null));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anIdStandsForOneMovement(Movement other) {
        assertThat(policy.judge(new Move(adjustment(-3), other.storedAt(AT), false, null, true))).isEqualTo(Problem.conflict("This id stands for another movement of this SKU"));
    }

    @Test
    void nobodyTakesOutWhatIsNotAvailable() {
        assertThat(policy.judge(refused(adjustment(-4)))).isEqualTo(Problem.conflict("Only 3 are available"));
    }

    @Test
    void nothingGrowsBeyondWhatCanBeCounted() {
        assertThat(policy.judge(refused(receipt(1)))).isEqualTo(Problem.conflict("There would be more of this SKU than can be counted"));
    }

    @Test
    void whatNobodyHasHeardOfCannotBeAdjusted() {
        assertThat(policy.judge(unknown(adjustment(1)))).isEqualTo(Problem.notFound("There is no stock item of this SKU"));
    }

    /** What the statement answers is read by the names of the fields. */
    @Test
    void aMoveIsReadAsItIsWritten() throws Exception {
        var move = stored(adjustment(-3));

        assertThat(Json.JSON.writeValueAsString(move)).contains("\"isNew\":true", "\"decided\":true").doesNotContain("undecided");
        assertThat(Json.JSON.readValue(Json.JSON.writeValueAsString(move), Move.class)).isEqualTo(move);
        assertThat(move.stock()).isEqualTo(STOCK);
    }
}
