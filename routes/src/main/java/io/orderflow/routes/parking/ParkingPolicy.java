package io.orderflow.routes.parking;

import static io.orderflow.routes.parking.ParkedState.DISCARDED;
import static io.orderflow.routes.parking.ParkedState.REPLAYED;

import io.orderflow.routes.door.Problem;
import java.util.UUID;

/** Who may decide what about a parked record: once, and then it is decided. */
class ParkingPolicy {
    static final String NO_SUCH_RECORD = "There is no parked record with this id";
    /** So many rows are changed well within the time a statement may take. */
    static final int MOST_AT_A_TIME = 10_000;

    Decision replay(UUID id, String by) {
        return new Decision(id, REPLAYED, by, null);
    }

    Decision discard(Discard discard, String by) {
        return new Decision(discard.id(), DISCARDED, by, discard.reason());
    }

    Decision.OfAll replayAll(Sweep sweep, String by) {
        return ofAll(sweep, REPLAYED, by);
    }

    Decision.OfAll discardAll(Sweep sweep, String by) {
        return ofAll(sweep, DISCARDED, by);
    }

    private static Decision.OfAll ofAll(Sweep sweep, ParkedState state, String by) {
        return new Decision.OfAll(sweep.route(), sweep.cause(), sweep.dryRun(), state, by, sweep.reason(), MOST_AT_A_TIME);
    }

    /** The record as it is decided on now, or the problem that tells why it is not. */
    Object judge(Decided decided) {
        if (decided.parked() != null)
            return decided.parked();
        return decided.known() ? Problem.conflict("This record is not parked any more: somebody has replayed or discarded it") : Problem.notFound(NO_SUCH_RECORD);
    }
}
