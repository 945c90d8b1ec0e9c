package io.orderflow.local.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What can go wrong, and is made to: each is done to a system at work, and told to the user as it is done. */
enum Fault {
    KILL("each app is killed (-9) at random moments and started again at once, 20 times", Kills::strike);

    final String description;
    final Consumer<Target> strike;

    Fault(String description, Consumer<Target> strike) {
        this.description = description;
        this.strike = strike;
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
