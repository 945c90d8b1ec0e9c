package io.orderflow.routes.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacklogTest {
    private final Backlog backlog = new Backlog(2000);

    @Test
    void nobodyWaitsBeforeAnythingIsSeen() {
        assertThat(backlog.pause()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2000, 0", "3000, 50", "4000, 100", "12000, 500", "22000, 1000", "1000000, 1000"})
    void intakeWaitsTheLongerTheMoreOrdersAreOnTheirWay(long pending, long millis) {
        backlog.see(pending);

        assertThat(backlog.pause()).isEqualTo(millis);
    }

    @Test
    void intakeGoesOnAtOnceWhenTheyAreDone() {
        backlog.see(1_000_000);
        backlog.see(0);

        assertThat(backlog.pause()).isZero();
    }
}
