package io.orderflow.local.chaos;

import io.orderflow.local.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Apps are killed wherever they happen to be. */
class Kills {

    private static final int ROUNDS = 20;

    private Kills() {
    }

    static void strike(Target target) {
        int kills = 0;
        try (Customers customers = target.customers()) {
            for (int round = target.settings.rounds(ROUNDS); round > 0; round--) {
                List<Service> victims = new ArrayList<>(Arrays.asList(Service.values()));
                Collections.shuffle(victims, target.random);
                for (Service victim : victims) {
                    long progress = target.awaitProgress(target.settings.orders());
                    target.sleep(target.random.nextInt(500));
                    target.app(victim).kill();
                    target.start(victim);
                    target.say("kill -9 of " + victim + ", number " + ++kills + ", after " + progress + " more orders had ended");
                }
            }
            target.awaitProgress(target.settings.orders());
        }
    }
}
