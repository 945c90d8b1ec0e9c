package io.orderflow.local.chaos;

import io.orderflow.local.AtLeastOne;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How the system is attacked, each an option of the command. Zero means: as the scenario has it. */
class Settings {

    @Option(names = "--folder", defaultValue = "${sys:orderflow.home:-.}/local/target/chaos", paramLabel = "<folder>",
        description = "where the system under attack and its logs are kept (default: local/target/chaos)")
    Path folder;
    @Option(names = "--seed", paramLabel = "<n>", description = "what is drawn by lot, is drawn as in the run that told this seed (default: another each time)")
    Long seed;
    @Option(names = "--orders", converter = AtLeastOne.class, paramLabel = "<n>", description = "orders that must have ended between two faults (default: 100; 25 with --short)")
    int orders;
    @Option(names = "--rounds", converter = AtLeastOne.class, paramLabel = "<n>", description = "how often each fault is done (default: as the scenario has it; once with --short)")
    int rounds;
    @Option(names = "--points", converter = AtLeastOne.class, paramLabel = "<n>", description = "at so many points each app dies in a round, drawn by lot (default: at all)")
    int points;
    @Option(names = "--short", description = "each fault once: a quarter of an hour for all")
    boolean brief;
    @Option(names = "--rate", converter = AtLeastOne.class, defaultValue = "40", paramLabel = "<n>", description = "requests a second (${DEFAULT-VALUE})")
    int rate = 40;
    @Option(names = "--customers", converter = AtLeastOne.class, defaultValue = "8", paramLabel = "<n>", description = "who order at the same time (${DEFAULT-VALUE})")
    int customers = 8;
    @Option(names = "--patience", converter = AtLeastOne.class, defaultValue = "180", paramLabel = "<seconds>", description = "whoever waits longer than that for the system, finds it stuck (${DEFAULT-VALUE} seconds)")
    int patience = 180;
    @Option(names = "--older", paramLabel = "<jar>", description = "the local/target/orderflow.jar of another build, which the apps are of at first; versions needs it")
    Path older;
    @Option(names = "--jvm-options", defaultValue = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m", paramLabel = "<options>",
        description = "options of the system's Java processes, with spaces between them (${DEFAULT-VALUE})")
    String jvmOptions = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m";

    int orders() {
        return orders > 0 ? orders : brief ? 25 : 100;
    }

    /** How often a fault is done, of which the long form has so many. */
    int rounds(int many) {
        return rounds > 0 ? rounds : brief ? 1 : many;
    }

    /** How long a fault lasts, in seconds, that takes so long in the long form. */
    int seconds(int many) {
        return brief ? Math.min(many, 8) : many;
    }
}
