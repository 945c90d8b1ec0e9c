package io.orderflow.local.bench;

import io.orderflow.local.Disk;
import io.orderflow.local.Logs;
import io.orderflow.local.Ports;
import io.orderflow.local.Progress;
import io.orderflow.local.bench.Audit.Verdict;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the whole system on this machine, and fails when an order is lost or stuck or a promise broken, however fast it was. */
@Command(name = "bench", customSynopsis = "./run bench [<options>] [<scenario>]", sortOptions = false, usageHelpAutoWidth = true, subcommands = Part.class, modelTransformer = Bench.ListOfScenarios.class,
    description = "Measures the system on this machine: starts it anew in a folder of its own, warms it up, places orders, and tells how fast and at what cost they ended.")
public class Bench implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", defaultValue = "flow", converter = Scenario.Converter.class, paramLabel = "<scenario>", description = "what to measure (flow); see below")
    private Scenario scenario;
    @Mixin
    private Settings settings;
    @Mixin
    private Ports ports;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this")
    private boolean help;

    /** Puts what there is to measure at the end of the help. */
    static class ListOfScenarios implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            Stream<String> scenarios = Arrays.stream(Scenario.values()).map(scenario -> String.format("  %-8s %s", scenario, scenario.description).replace("%", "%%"));
            command.usageMessage().footer(Stream.concat(Stream.of("", "Scenarios:"), scenarios).toArray(String[]::new));
            return command;
        }
    }

    /** Plays one scenario; the result is 0 only if nothing was lost, nothing is stuck and nothing is broken. */
    @Override
    public Integer call() {
        scenario.prepare(settings);
        Progress progress = new Progress(System.out);
        Logs.to(settings.folder.resolve("logs"));
        Path results = settings.folder.toAbsolutePath().normalize().resolve("results").resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")) + "-" + scenario);
        progress.say("Measuring '" + scenario + "': " + scenario.description + ".");
        Report.missing().forEach(figure -> progress.say("This machine has no /proc, so there will be no figures of: " + figure));
        Verdict verdict;
        Stage stage = new Stage(settings, ports, progress);
        Thread lastCall = new Thread(stage::close, "stop");
        Runtime.getRuntime().addShutdownHook(lastCall);
        try {
            scenario.play(stage.open());
            verdict = stage.verdict();
            Report report = new Report(settings);
            report.write(results.resolveSibling(results.getFileName() + ".json"), scenario, stage, verdict);
            progress.say(report.words(verdict));
        } finally {
            stage.close();
            Runtime.getRuntime().removeShutdownHook(lastCall);
        }
        draw(stage, results, progress);
        progress.say("Results: " + results + ".json and .png; logs: " + settings.folder.resolve("logs"));
        if (verdict.clean()) {
            Disk.delete(stage.processes().data());
        } else {
            progress.say("The data is kept in " + stage.processes().data() + " until the next run.");
        }
        return verdict.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** A Java without fonts cannot draw; the figures are there all the same. */
    private void draw(Stage stage, Path results, Progress progress) {
        try {
            new Chart(scenario.toString(), stage.laps()).write(results);
        } catch (RuntimeException | LinkageError e) {
            progress.say("There is no chart, for this Java cannot draw: " + e);
        }
    }
}
