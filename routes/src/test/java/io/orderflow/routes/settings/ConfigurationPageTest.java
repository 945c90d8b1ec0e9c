package io.orderflow.routes.settings;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.Page;
import io.orderflow.routes.settings.KnownSettings.Setting;
import jakarta.validation.Constraint;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.ClassUtils;

/** The page of all settings is what the records and the apps' YAML say. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(ORDERFLOW_\\w+):([^}]*)}");
    private static final Map<String, String> TYPES = Map.of("java.lang.String", "text", "java.lang.Integer", "whole number", "java.time.Duration", "time");

    private record Use(String app, String setting, String standard) {
    }

    @Test
    void thePageIsWhatTheSystemSays() throws IOException {
        Page.check(ROOT.resolve("docs/configuration.md"), page());
    }

    @Test
    void everySettingSaysWhatItMeansAndWhatItMayBe() {
        assertThat(KnownSettings.all()).hasSizeGreaterThan(8).allSatisfy(setting -> {
            assertThat(setting.meaning()).as(setting.name()).isNotBlank();
            assertThat(TYPES).containsKey(setting.type());
            // A message of the validator's own would come in the language of the machine.
            assertThat(rules(setting)).as(setting.name()).doesNotContain("{", "}");
        });
    }

    private static String page() throws IOException {
        return """
            # Configuration

            <!-- Made from the settings' records and the apps' YAML; written anew by: mvn -pl routes test -Dtest=ConfigurationPageTest -Dorderflow.docs=write -->

            A setting is given on the command line (`--orderflow.payment.settle-every=2s`), as an environment variable, or in a YAML file named by
            `SPRING_CONFIG_ADDITIONAL_LOCATION`; the first of these wins, but a variable under *Where things are* fills in the app's own YAML and gives way to all others. Times are written `500ms`, `2s`, `15m`.

            A start with a wrong setting stops at once and says in a sentence what to change. So does one with a setting that the app does not have,
            be it misspelt or another app's; for it would do nothing, and nobody would notice. Environment variables are an exception, for several apps
            may share one environment: what sets something in another app is passed over, and what resembles no variable of this app is
            left alone with a warning. In Kubernetes set `enableServiceLinks: false`: a service named `orderflow` would set `ORDERFLOW_PORT` to what is no port.

            `./run` gives the apps their addresses and passwords itself; `./run --help` has its options.

            ## Where things are

            %s
            ## What can be set

            The setting is also an environment variable, named beside it.

            %s
            What is not here is no setting of orderflow. The Kafka settings in `routes/src/main/resources/orderflow.yml` in particular are not to
            be tuned: each of them has lost records for somebody.
            """.formatted(variables(), settings());
    }

    private static String variables() throws IOException {
        var table = new StringBuilder("| environment variable | sets | default |\n|---|---|---|\n");
        uses().forEach((variable, uses) -> table.append("| `%s` | %s | %s |\n".formatted(variable, uses.stream().map(use -> code(use.setting)).distinct().collect(joining(", ")), standards(uses))));
        return table.toString();
    }

    private static String standards(List<Use> uses) {
        var apps = uses.stream().collect(groupingBy(Use::standard, TreeMap::new, mapping(Use::app, joining(", "))));
        if (apps.size() == 1)
            return apps.firstKey().isEmpty() ? "" : code(apps.firstKey());
        return apps.entrySet().stream().map(entry -> code(entry.getKey()) + " (" + entry.getValue() + ")").collect(joining(", "));
    }

    /** By variable, what each app's YAML sets from it. */
    private static Map<String, List<Use>> uses() throws IOException {
        var uses = new TreeMap<String, List<Use>>();
        for (var file : files())
            for (var source : new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file)))
                for (var setting : ((EnumerablePropertySource<?>) source).getPropertyNames())
                    VARIABLE.matcher(String.valueOf(source.getProperty(setting))).results().forEach(found ->
                        uses.computeIfAbsent(found.group(1), variable -> new ArrayList<>()).add(new Use(file.getFileName().toString().replace(".yml", ""), setting, found.group(2))));
        return uses;
    }

    /** What every app has in common, and each app's own. */
    private static List<Path> files() throws IOException {
        try (var apps = Files.list(ROOT)) {
            var own = apps.map(app -> app.resolve("src/main/resources").resolve(app.getFileName() + ".yml")).filter(Files::exists).sorted();
            return Stream.concat(Stream.of(ROOT.resolve("routes/src/main/resources/orderflow.yml")), own).toList();
        }
    }

    private static String settings() {
        var groups = KnownSettings.all().stream().collect(groupingBy(setting -> setting.name().substring(0, setting.name().lastIndexOf('.')), LinkedHashMap::new, toList()));
        var text = new StringBuilder();
        groups.forEach((group, settings) -> {
            text.append("### ").append(code(placed(group))).append("\n\n| setting | environment variable | kind | default | must be | meaning |\n|---|---|---|---|---|---|\n");
            settings.forEach(setting -> text.append("| `%s` | `%s` | %s | %s | %s | %s |\n".formatted(placed(setting.name()), variable(setting), TYPES.get(setting.type()),
                setting.defaultValue() == null ? "" : code(setting.defaultValue()), rules(setting), setting.meaning())));
            text.append("\n");
        });
        return text.toString().stripTrailing() + "\n";
    }

    private static String variable(Setting setting) {
        return KnownSettings.variables(setting.name()).findFirst().orElseThrow().replace(KnownSettings.ANY_DATABASE, "<NAME>");
    }

    private static String placed(String name) {
        return name.replace(KnownSettings.ANY_DATABASE, "<name>");
    }

    /** What the constraints say, in the words of the sentence that stops a start. */
    private static String rules(Setting setting) {
        var component = Stream.of(ClassUtils.resolveClassName(setting.record(), null).getRecordComponents())
            .filter(candidate -> setting.name().endsWith("." + DataObjectPropertyName.toDashedForm(candidate.getName()))).findFirst().orElseThrow();
        try {
            // Constraints apply to fields, and a record component gives its own to its field.
            return Stream.of(component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotations())
                .filter(annotation -> annotation.annotationType().isAnnotationPresent(Constraint.class)).map(ConfigurationPageTest::rule).distinct().collect(joining(", "));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rule(Annotation constraint) {
        var attributes = AnnotationUtils.getAnnotationAttributes(constraint);
        var message = attributes.get("message").toString();
        for (var attribute : attributes.entrySet())
            message = message.replace("{" + attribute.getKey() + "}", String.valueOf(attribute.getValue()));
        return message.replaceFirst("^must be ", "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
