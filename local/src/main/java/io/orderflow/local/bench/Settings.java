package io.orderflow.local.bench;

import io.orderflow.local.AtLeastOne;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a benchmark is run, each an option of the command. Zero means: as the scenario has it. */
class Settings {

    @Option(names = "--folder", defaultValue = "${sys:orderflow.home:-.}/local/target/bench", paramLabel = "<folder>",
        description = "where the system under load, its logs and the results are kept (default: local/target/bench)")
    Path folder;
    @Option(names = "--orders", paramLabel = "<n>", description = "orders of a measured part at full speed (default: as the scenario has it)")
    long orders;
    @Option(names = "--seconds", paramLabel = "<n>", description = "length of a measured part at a fixed rate (default: as the scenario has it)")
    int seconds;
    @Option(names = "--rate", paramLabel = "<n>", description = "orders a second where the rate is fixed (default: as the scenario has it)")
    double rate;
    @Option(names = "--bulk", paramLabel = "<n>", description = "place so many orders with one request, by POST /orders/batch (default: one, by POST /orders)")
    int bulk;
    @Option(names = "--connections", converter = AtLeastOne.class, defaultValue = "256", paramLabel = "<n>", description = "connections, each with one request at a time (${DEFAULT-VALUE})")
    int connections = 256;
    @Option(names = "--warm-up", defaultValue = "60", paramLabel = "<seconds>", description = "load before anything is measured (${DEFAULT-VALUE} seconds)")
    int warmUp = 60;
    @Option(names = "--repeat", converter = AtLeastOne.class, defaultValue = "1", paramLabel = "<n>", description = "measure so many times after one warm-up, and tell the medians, for parts at full speed (${DEFAULT-VALUE})")
    int repeat = 1;
    @Option(names = "--lines", converter = AtLeastOne.class, defaultValue = "3", paramLabel = "<n>", description = "an order has 1 to so many lines (${DEFAULT-VALUE})")
    int lines = 3;
    @Option(names = "--patience", converter = AtLeastOne.class, defaultValue = "60", paramLabel = "<seconds>",
        description = "an order is stuck when none has ended for so long (${DEFAULT-VALUE} seconds)")
    int patience = 60;
    @Option(names = "--stored", defaultValue = "10000000", paramLabel = "<n>", description = "most orders that are there already, for 'stored' (${DEFAULT-VALUE})")
    long stored = 10_000_000;
    @Option(names = "--pool-size", paramLabel = "<n>", description = "connections of each app to each of its databases (default: as the app has it)")
    int poolSize;
    @Option(names = "--backlog", paramLabel = "<n>", description = "orders on their way before new ones are kept waiting (default: as the app has it; without end for 'intake')")
    int backlog;
    @Option(names = "--one-process", description = "broker and apps in one process, as ./run has them (default: a process each)")
    boolean oneProcess;
    @Option(names = "--jvm-options", defaultValue = "-Xmx640m -Xmn256m -XX:+UseSerialGC", paramLabel = "<options>",
        description = "options of the system's Java processes, with spaces between them (${DEFAULT-VALUE})")
    String jvmOptions = "-Xmx640m -Xmn256m -XX:+UseSerialGC";
    @Option(names = "--profile", description = "leave a flight recording (JFR) of each app beside its log")
    boolean profile;

    /** The value of an option, or the scenario's own. */
    static <T extends Number> T or(T given, T own) {
        return given.doubleValue() > 0 ? given : own;
    }
}
