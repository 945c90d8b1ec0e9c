package io.orderflow.routes.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.StringUtils;

/** The settings there are, in one app or in all, and the names under which an environment may give them. */
record KnownSettings(Set<String> names) {
    /** What stands in the metadata for the name of a database. */
    static final String ANY_DATABASE = "*";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(ORDERFLOW_\\w+)");

    /** A setting as the compiler has written it down from its record. */
    record Setting(String name, String type, String meaning, String defaultValue, String record) {
    }

    /** Every setting of every service. */
    static List<Setting> all() {
        var metadata = JsonParserFactory.getJsonParser().parseMap(metadata());
        return ((List<?>) metadata.get("properties")).stream().map(Map.class::cast)
            // The map itself is no setting; its entries are, and they have a record of their own.
            .filter(property -> !property.get("type").toString().startsWith(Map.class.getName()))
            .map(property -> new Setting(text(property, "name"), text(property, "type"), text(property, "description"), text(property, "defaultValue"), text(property, "sourceType")))
            .toList();
    }

    /** The settings of the records that are {@code used}, with these databases. */
    static KnownSettings of(Predicate<String> used, Collection<String> databases) {
        return new KnownSettings(all().stream().filter(setting -> used.test(setting.record()))
            .flatMap(setting -> setting.name().contains(ANY_DATABASE) ? databases.stream().map(database -> setting.name().replace(ANY_DATABASE, database)) : Stream.of(setting.name()))
            .collect(Collectors.toCollection(TreeSet::new)));
    }

    boolean has(String name) {
        var given = ConfigurationPropertyName.adapt(name, '.');
        return names.stream().anyMatch(known -> ConfigurationPropertyName.of(known).equals(given));
    }

    /** The variables that Spring takes for these settings, the preferred one first: {@code SETTLEEVERY}, and {@code SETTLE_EVERY}. */
    Stream<String> variables() {
        return names.stream().flatMap(KnownSettings::variables);
    }

    static Stream<String> variables(String name) {
        var variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
        return Stream.of(variable.replace("-", ""), variable.replace('-', '_')).distinct();
    }

    /** The variables that a value is taken from: {@code ORDERFLOW_PORT} for <code>${ORDERFLOW_PORT:8080}</code>. */
    static Stream<String> variablesIn(Object value) {
        return value == null ? Stream.empty() : VARIABLE.matcher(value.toString()).results().map(found -> found.group(1));
    }

    /** The name that was probably meant: what differs by a slip of the hand, or was cut short. */
    static Optional<String> nearest(String given, Stream<String> known) {
        var word = word(given);
        return known.filter(name -> word(name).startsWith(word) || slips(word, word(name)) <= Math.max(1, word.length() / 4))
            .min(Comparator.comparingInt((String name) -> slips(word, word(name))).thenComparing(Comparator.naturalOrder()));
    }

    /** What tells one name from another. */
    private static String word(String name) {
        return StringUtils.delete(name.toLowerCase(Locale.ROOT), "orderflow").replaceAll("[^a-z0-9]", "");
    }

    /** How many letters were left out, added, mistaken or swapped with their neighbour: the optimal string alignment distance. */
    private static int slips(String a, String b) {
        var slips = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++)
            for (var j = 0; j <= b.length(); j++)
                if (i == 0 || j == 0)
                    slips[i][j] = i + j;
                else {
                    var mistaken = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    slips[i][j] = Math.min(mistaken, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
                    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                        slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
        return slips[a.length()][b.length()];
    }

    /** The metadata that was compiled with this class; every other library on the class path has some too, megabytes of it. */
    private static String metadata() {
        var self = KnownSettings.class.getName().replace('.', '/') + ".class";
        var home = StringUtils.delete(KnownSettings.class.getClassLoader().getResource(self).toString(), self);
        try (var file = new URL(home + "META-INF/spring-configuration-metadata.json").openStream()) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("routes was compiled without its annotation processor, which writes down its settings: compile it with Maven", e);
        }
    }

    private static String text(Map<?, ?> property, String name) {
        return property.get(name) == null ? null : property.get(name).toString();
    }
}
