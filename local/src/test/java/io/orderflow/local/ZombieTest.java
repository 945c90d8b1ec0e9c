package io.orderflow.local;

import io.orderflow.routes.event.Topics;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Instances that everybody takes for dead come back in the middle of what they were doing, and do no harm. */
class ZombieTest {
    private static final String RELAYS = """
        select count(*) from pg_locks join pg_database on pg_database.oid = database and datname = current_database() where locktype = 'advisory' and granted""";

    /** One is frozen between its write and its publish, and the other one is the relay: as long as that has the lock, nobody else publishes an order. */
    @Test
    void instancesFrozenInTheMiddleWakeWhenOthersHaveLongTakenOver() {
        try (Rig rig = Rig.bare("orders", "inventory", "payments", "gateway")) {
            AppProcess relay = rig.launchAside(Service.ORDER, Map.of());
            Rig.await("the first instance is the relay").until(() -> rig.sql("orders").queryForObject(RELAYS, Long.class) == 1);
            AppProcess zombie = rig.launch(Service.INVENTORY);
            AppProcess heir = rig.launch(Service.INVENTORY);
            rig.host(Service.ORDER);
            rig.host(Service.PAYMENT);
            zombie.awaitReady();
            heir.awaitReady();
            Traffic.stock(rig);
            Random random = Traffic.random("zombie");
            Rig.await("both instances share the work").until(() -> rig.bus().members("reserve-inventory") == 2 && rig.bus().members("release-inventory") == 2);

            try (Traffic traffic = Traffic.flowing(rig.shop, random, 2, 40)) {
                Rig.await("the work flows").until(() -> ended(rig) > 50);
                try (RowLock stock = RowLock.on(rig, "inventory", "select from stock for update")) {
                    Rig.await("both instances have orders in hand and wait for the stock").until(() -> stock.waitingClients() >= 2);
                    zombie.freeze();
                }
                relay.freeze();
                Rig.await("the frozen instance is taken for dead").until(() -> rig.bus().members("reserve-inventory") == 1 && rig.bus().members("release-inventory") == 1);
                long ended = ended(rig);
                Rig.await("the other one has taken over").until(() -> ended(rig) > ended + 100);
                // A rebalance under load may have told some answers twice before anybody wakes.
                long repeatsWithoutTheZombie = repeats(rig);

                zombie.wake();
                relay.wake();
                Rig.await("it is one of two again").until(() -> rig.bus().members("reserve-inventory") == 2 && rig.bus().members("release-inventory") == 2);
                long endedByBoth = ended(rig);
                Rig.await("the work flows").until(() -> ended(rig) > endedByBoth + 50);
                Rig.await("the zombie has told again what its heir had told").until(() -> repeats(rig) > repeatsWithoutTheZombie);
            }
            rig.awaitTheEnd();
            new Checker(rig).clean();
        }
    }

    private static long ended(Rig rig) {
        return rig.sql("orders").queryForObject("select count(*) from orders where status <> 'PENDING'", Long.class);
    }

    private static long repeats(Rig rig) {
        return Stream.of(Topics.INVENTORY_RESERVED, Topics.INVENTORY_FAILED).map(rig.bus()::all)
            .mapToLong(records -> records.size() - records.stream().map(record -> Bus.header(record, "ce_id")).distinct().count()).sum();
    }
}
