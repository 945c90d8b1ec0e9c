package io.orderflow.routes.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacklogTest {
    private static final List<Integer> BATCH = Collections.nCopies(500, 1);

    private final Backlog backlog = new Backlog(2000);

    @Test
    void nobodyWaitsBeforeAnythingIsSeen() {
        assertThat(backlog.pause(BATCH)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2000, 0", "3000, 50", "4000, 100", "12000, 500", "22000, 1000", "1000000, 1000"})
    void intakeWaitsTheLongerTheMoreOrdersAreOnTheirWay(long pending, long millis) {
        backlog.see(pending);

        assertThat(backlog.pause(BATCH)).isEqualTo(millis);
    }

    @Test
    void intakeGoesOnAtOnceWhenTheyAreDone() {
        backlog.see(1_000_000);
        backlog.see(0);

        assertThat(backlog.pause(BATCH)).isZero();
    }

    @Test
    void severalBatchesMayComeAtOnceAsLongAsThereIsRoomForAllThatHasCome() {
        backlog.see(1000);
        assertThat(backlog.allowsSeveral()).isTrue();

        backlog.pause(BATCH);
        assertThat(backlog.allowsSeveral()).isTrue();
        backlog.pause(BATCH);
        assertThat(backlog.allowsSeveral()).isFalse();

        backlog.see(1999);
        assertThat(backlog.allowsSeveral()).isTrue();
        backlog.see(2000);
        assertThat(backlog.allowsSeveral()).isFalse();
    }
}
