package io.orderflow.local.chaos;

import io.orderflow.local.Disk;
import io.orderflow.local.Logs;
import io.orderflow.local.Ports;
import io.orderflow.local.Progress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Breaks the system while customers order, and fails when a promise was broken with it. */
@Command(name = "chaos", customSynopsis = "./run chaos [<options>] [<scenario> ...]", sortOptions = false, usageHelpAutoWidth = true, modelTransformer = Chaos.ListOfFaults.class,
    description = "Breaks the system on this machine while customers order: starts it anew in a folder of its own, does what the scenario says, waits until nothing is on its way,"
        + " and checks every promise.")
public class Chaos implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..*", defaultValue = "all", converter = Fault.Converter.class, paramLabel = "<scenario>",
        description = "what is to go wrong, one after the other on one system (all); see below")
    private List<Fault> faults;
    @Mixin
    private Settings settings;
    @Mixin
    private Ports ports;
    @Spec
    private CommandSpec spec;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this")
    private boolean help;

    /** Puts what can go wrong at the end of the help. */
    static class ListOfFaults implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            Stream<String> faults = Arrays.stream(Fault.values()).map(fault -> String.format("  %-10s %s", fault, fault.description).replace("%", "%%"));
            command.usageMessage().footer(Stream.concat(Stream.of("", "Scenarios:"), faults).toArray(String[]::new));
            return command;
        }
    }

    /** Plays the scenarios; the result is 0 only if no promise was broken in any. */
    @Override
    public Integer call() {
        if (settings.older != null ? !Files.isRegularFile(settings.older) : faults.contains(Fault.VERSIONS)) {
            throw new ParameterException(spec.commandLine(), "versions needs the jar of another build: give --older=<folder>/local/target/orderflow.jar");
        }
        Progress progress = new Progress(System.out);
        Logs.to(settings.folder.resolve("logs-of-the-command"));
        long seed = settings.seed != null ? settings.seed : new Random().nextLong() >>> 1;
        progress.say("What is drawn by lot is drawn so again with --seed=" + seed + ".");
        Target target = new Target(settings, ports, seed, progress);
        Thread lastCall = new Thread(target::close, "stop");
        Runtime.getRuntime().addShutdownHook(lastCall);
        boolean clean = true;
        try {
            target.open();
            for (Fault part : faults.stream().flatMap(fault -> fault.parts().stream()).toList()) {
                clean &= play(part, target).isEmpty();
            }
        } finally {
            target.close();
            Runtime.getRuntime().removeShutdownHook(lastCall);
        }
        if (clean) {
            Disk.delete(target.data());
        } else {
            progress.say("The data is kept in " + target.data() + " until the next run, the logs beside it.");
        }
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Does one thing to the system, and tells what is broken after it. */
    static List<String> play(Fault fault, Target target) {
        target.say("--- " + fault + ": " + fault.description);
        long begin = System.nanoTime();
        try {
            fault.strike.accept(target);
            target.check();
        } catch (RuntimeException e) {
            target.complain(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        List<String> complaints = target.complaints();
        target.say("--- " + fault + " after " + Progress.seconds(begin) + ": " + (complaints.isEmpty() ? "clean" : "BROKEN: " + String.join("; ", complaints)));
        return complaints;
    }
}
