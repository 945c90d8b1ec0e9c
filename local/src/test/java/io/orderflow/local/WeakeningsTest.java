package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes one of the system's guards away at a time, in a copy, and sees the checker go red; the same fault on the system as it is leaves it
 * green. Each patch in {@code local/weakenings} says what it takes away and which fault shows it. Only {@code local/weakenings/run} plays them, for
 * each takes a minute; that all of them still fit the system is always looked at.
 */
class WeakeningsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path WORK = Path.of("target", "weakenings").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A patch, with what its head says. */
    private record Weakening(Path patch, String what, String fault, Set<String> reds) {
        @Override
        public String toString() {
            return patch.getFileName().toString().replace(".patch", "");
        }
    }

    static List<Weakening> weakenings() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("local").resolve("weakenings"))) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().map(WeakeningsTest::weakening).toList();
        }
    }

    /** Those that were asked for, by parts of their names. */
    static List<Weakening> chosen() throws IOException {
        List<String> names = List.of(System.getProperty("weakenings", "").split(","));
        return weakenings().stream().filter(weakening -> names.contains("all") || names.stream().anyMatch(name -> weakening.toString().contains(name))).toList();
    }

    static List<String> faults() throws IOException {
        return chosen().stream().map(Weakening::fault).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("weakenings")
    void eachPatchFitsTheSystemAsItIs(Weakening weakening) throws Exception {
        assertThat(Set.of(Fault.values())).extracting(Fault::toString).contains(weakening.fault);
        assertThat(run(ROOT, WORK.resolve(weakening + "-fits.log"), "git", "apply", "--check", weakening.patch.toString())).as("the patch %s does not fit; make it anew", weakening.patch).isZero();
    }

    @ParameterizedTest
    @MethodSource("chosen")
    @EnabledIfSystemProperty(named = "weakenings", matches = ".+")
    void theCheckerIsRedWithoutTheGuard(Weakening weakening) throws Exception {
        String classPath = weaken(weakening);
        Set<String> reds = play(weakening.toString(), weakening.fault, classPath, 25);
        note("| %s | %s | %s |", weakening.what, weakening.fault, String.join(", ", reds));
        assertThat(reds).as("what is red with %s", weakening).containsAll(weakening.reds);
    }

    @ParameterizedTest
    @MethodSource("faults")
    @EnabledIfSystemProperty(named = "weakenings", matches = ".+")
    void theSameFaultLeavesTheCheckerGreenWithIt(String fault) throws Exception {
        Set<String> reds = play("whole-" + fault, fault, System.getProperty("java.class.path"), 90);
        note("| nothing | %s | %s |", fault, reds.isEmpty() ? "none" : String.join(", ", reds));
        assertThat(reds).as("what is red on the system as it is").isEmpty();
    }

    private static Weakening weakening(Path patch) {
        try {
            String text = Files.readString(patch);
            return new Weakening(patch, head(text, "what"), head(text, "fault"), Set.of(head(text, "red").split(", ")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(String text, String name) {
        Matcher line = Pattern.compile("^" + name + ": (.+)$", Pattern.MULTILINE).matcher(text);
        assertThat(line.find()).as("a line '%s:'", name).isTrue();
        return line.group(1);
    }

    /** The class path of a copy that has the patch: only what it touches is copied, and only the Java files among that are compiled. */
    private static String weaken(Weakening weakening) throws Exception {
        Path copy = WORK.resolve(weakening.toString());
        Disk.delete(copy);
        List<Path> touched = Pattern.compile("^\\+\\+\\+ b/(.+)$", Pattern.MULTILINE).matcher(Files.readString(weakening.patch)).results().map(file -> Path.of(file.group(1))).toList();
        for (Path file : touched) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), copy.resolve(file));
        }
        assertThat(run(copy, copy.resolve("patch.log"), "git", "apply", weakening.patch.toString())).as("git apply").isZero();
        String classPath = System.getProperty("java.class.path");
        for (Path module : touched.stream().map(file -> file.getName(0)).distinct().toList()) {
            Path classes = copy.resolve(module).resolve("classes");
            copyTree(ROOT.resolve(module).resolve("target").resolve("classes"), classes);
            List<String> java = new ArrayList<>();
            for (Path file : touched.stream().filter(file -> file.startsWith(module)).toList()) {
                Path resources = module.resolve("src").resolve("main").resolve("resources");
                if (file.startsWith(resources)) {
                    Files.copy(copy.resolve(file), classes.resolve(resources.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
                } else {
                    java.add(copy.resolve(file).toString());
                }
            }
            if (!java.isEmpty()) {
                List<String> command = new ArrayList<>(List.of(bin("javac"), "-proc:none", "-nowarn", "-parameters", "-cp", classes + File.pathSeparator + classPath, "-d", classes.toString()));
                command.addAll(java);
                assertThat(run(copy, copy.resolve("javac.log"), command.toArray(String[]::new))).as("javac; see %s", copy.resolve("javac.log")).isZero();
            }
            classPath = Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).startsWith(ROOT.resolve(module).resolve("target")) ? classes.toString() : entry).collect(Collectors.joining(File.pathSeparator));
            assertThat(classPath).contains(classes.toString());
        }
        return classPath;
    }

    /** In a process of its own, on that class path; answers the invariants that were found violated. What is lost for good is waited for in vain, and so not for long. */
    private static Set<String> play(String name, String fault, String classPath, int patience) throws Exception {
        Files.createDirectories(WORK);
        Path verdict = WORK.resolve(name + ".json");
        Files.deleteIfExists(verdict);
        run(Path.of("").toAbsolutePath(), WORK.resolve(name + ".log"), bin("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Dfault.weakened=true",
            "-Dfault.patience=" + patience,
            "-cp", classPath, Fault.class.getName(), fault, verdict.toString());
        assertThat(verdict).as("the checker's verdict; the log is %s", WORK.resolve(name + ".log")).exists();
        JsonNode findings = JSON.readTree(verdict.toFile()).path("findings");
        return StreamSupport.stream(findings.spliterator(), false).filter(finding -> finding.path("violated").asBoolean()).map(finding -> finding.path("invariant").asText())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void note(String line, Object... values) throws IOException {
        Files.writeString(WORK.resolve("results.md"), line.formatted(values) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static int run(Path folder, Path log, String... command) throws Exception {
        Files.createDirectories(log.getParent());
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        // Else git takes a copy for a part of the repository around it, and passes over what is not in there.
        process.environment().put("GIT_CEILING_DIRECTORIES", folder.getParent().toString());
        return process.start().waitFor();
    }

    private static String bin(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path there = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(file, there);
                }
            }
        }
    }
}
