package io.orderflow.local;

import io.orderflow.local.bench.Bench;
import io.orderflow.local.check.CheckCommand;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Gives a newcomer the whole running system with one command, and stops it in good order with Ctrl-C. */
@Command(name = "run", sortOptions = false, usageHelpAutoWidth = true, subcommands = {Bench.class, CheckCommand.class},
    description = "Runs the whole system on this machine: Kafka, PostgreSQL and the three apps. Ctrl-C stops it.")
public class Local implements Callable<Integer> {

    @Option(names = "--data", defaultValue = "${sys:orderflow.home:-.}/data", paramLabel = "<folder>",
        description = "where everything is kept (default: data, next to the run script)")
    private Path data;
    @Option(names = "--fresh", description = "start with nothing: deletes what orderflow keeps in the data folder")
    private boolean fresh;
    @Option(names = "--postgres", defaultValue = "1", converter = Layout.Converter.class, paramLabel = "1|3",
        description = "one PostgreSQL server for all services, or one for each (${DEFAULT-VALUE})")
    private Layout layout;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this")
    private boolean help;
    @Mixin
    private Ports ports;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Local()).setExecutionExceptionHandler(Local::explain).execute(args));
    }

    /** Starts the system and stays until it is stopped from outside. */
    @Override
    public Integer call() throws InterruptedException {
        long begin = System.nanoTime();
        Progress progress = new Progress(System.out);
        DataFolder folder = DataFolder.open(data);
        Layout.stopLeftOvers(folder);
        if (fresh) {
            folder.empty();
        }
        ports.check(layout.size());
        Logs.to(folder.resolve("logs"));
        Orderflow system = new Orderflow(folder, ports, layout, progress);
        progress.say("orderflow starts, with its data in " + folder.path());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, folder, progress), "stop"));
        try {
            system.start();
        } catch (RuntimeException e) {
            if (system.isStopping()) {
                return CommandLine.ExitCode.OK;
            }
            throw e;
        }
        if (!system.isStopping()) {
            keepWhatIsLearned();
            progress.say(new Ready(ports, system.management(), folder.path()).text(Progress.seconds(begin)));
        }
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /** Says that this start came to its end, so that what Java learns of it is worth keeping for the next one; see the run script. */
    private static void keepWhatIsLearned() {
        learned().ifPresent(file -> {
            try {
                Files.writeString(Path.of(file + ".ready"), "");
            } catch (IOException e) {
                LoggerFactory.getLogger(Local.class).info("The next start will be no faster than this one", e);
            }
        });
    }

    /** Where this Java writes down what it has learned, if it was told to. */
    private static Optional<String> learned() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.matches("-XX:(AOTCacheOutput|ArchiveClassesAtExit)=.*"))
            .map(option -> option.substring(option.indexOf('=') + 1)).findAny();
    }

    private static void stop(Orderflow system, DataFolder folder, Progress progress) {
        long begin = System.nanoTime();
        progress.say("Stopping ...");
        try {
            system.close();
            progress.say("Stopped in good order after " + Progress.seconds(begin) + "; everything is kept in " + folder.path() + ".");
            if (learned().isPresent()) {
                progress.say("Java now writes down what makes the next start faster, which takes some seconds, once.");
            }
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Local.class).error("Not stopped in good order", e);
        } finally {
            folder.close();
        }
    }

    /** Says in a sentence what went wrong; the stack trace of what is not the user's to put right is in the log. */
    private static int explain(Exception e, CommandLine command, ParseResult given) {
        if (e instanceof Problem) {
            command.getErr().println(e.getMessage());
        } else {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            LoggerFactory.getLogger(Local.class).error("orderflow could not start, for the reason below; the whole story is in its log.\n  {}", cause.getMessage(), e);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
