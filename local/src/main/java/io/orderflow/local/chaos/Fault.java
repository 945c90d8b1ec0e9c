package io.orderflow.local.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What can go wrong, and is made to: each is done to a system at work, and told to the user as it is done. */
enum Fault {
    KILL("each app is killed (-9) at random moments and started again at once (long form: 20 times)", Kills::strike),
    POINTS("apps die between two steps that belong together, at " + Point.values().length + " points (long form: 50 times each)", Points::strike),
    BROKER("the broker is stopped and killed (-9), and intake must not notice (long form: for a minute, and 10 times)", Outages::broker),
    DATABASE("each database is stopped, hangs, is slow, breaks every connection (long form: all four, for 30 seconds each)", Outages::databases),
    REBALANCE("each app goes from 1 instance to 3 and back, and one of them freezes meanwhile and wakes again", Instances::rebalance),
    DUPLICATES("every event is delivered again 1 to 5 times, then every group starts all over: nothing changes", Repeats::strike),
    POISON("12 kinds of records that can never succeed are mixed into good traffic, for every listener: exactly they are parked (long form: 20 times)", Poison::strike),
    ROLLING("the apps are restarted (SIGTERM) one after the other, and each finishes what it has in hand (long form: 10 times)", Instances::roll),
    VERSIONS("each app is replaced by this build, by the other one (--older), and by this one again, while both serve side by side", Instances::versions),
    ALL("all of the above, one after the other, on one system, but for versions", target -> {
    });

    final String description;
    final Consumer<Target> strike;

    Fault(String description, Consumer<Target> strike) {
        this.description = description;
        this.strike = strike;
    }

    /** The single faults that this one is made of. */
    List<Fault> parts() {
        return this == ALL ? Arrays.stream(values()).filter(fault -> fault != ALL && fault != VERSIONS).toList() : List.of(this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the name of a fault. */
    static class Converter implements ITypeConverter<Fault> {

        @Override
        public Fault convert(String name) {
            return Arrays.stream(values()).filter(fault -> fault.toString().equals(name)).findAny().orElseThrow(() -> new TypeConversionException(
                "must be one of " + Arrays.stream(values()).map(Fault::toString).collect(Collectors.joining(", ")) + ", not '" + name + "'"));
        }
    }
}
