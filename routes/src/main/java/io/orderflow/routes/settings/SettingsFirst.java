package io.orderflow.routes.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Looks at every setting before anything is opened, for a wrong one should not show only once a database has been waited for. A start
 * with a setting that nothing in the app reads stops: a name misspelt would leave the default in force without a word. Known are the
 * settings of the records that the app's services use, for the databases that they open.
 *
 * <p>Apps may share one environment. So a variable that is like none of this app's is left alone, with a warning.
 */
public class SettingsFirst implements BeanFactoryPostProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFirst.class);
    /** What the run script and the tests tell themselves, in the JVM where the apps run. */
    private static final Set<String> NO_SETTINGS = Set.of("orderflow.home", "orderflow.seed", "orderflow.seeds", "orderflow.docs");

    private static final String BROKERS = "camel.component.kafka.brokers";

    private final ConfigurableEnvironment environment;

    public SettingsFirst(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var databases = List.of(beans.getBeanNamesForType(DataSource.class, true, false));
        checkBrokers();
        check(KnownSettings.of(record -> beans(record, beans).length > 0, databases), KnownSettings.of(record -> true, databases));
        var settings = KnownSettings.all().stream().flatMap(setting -> Stream.of(beans(setting.record(), beans))).distinct().toArray(String[]::new);
        databases.stream().filter(beans::containsBeanDefinition).forEach(database -> beans.getBeanDefinition(database).setDependsOn(settings));
    }

    /** A record inside another is used where that one is. */
    private static String[] beans(String record, ConfigurableListableBeanFactory beans) {
        return beans.getBeanNamesForType(ClassUtils.resolveClassName(record.split("\\$")[0], beans.getBeanClassLoader()), true, false);
    }

    /** As a producer would do later, with a stack trace from each of the routes. */
    void checkBrokers() {
        var brokers = environment.getProperty(BROKERS, "");
        try {
            if (!brokers.isEmpty())
                ClientUtils.parseAndValidateAddresses(List.of(brokers.split(",")), ClientDnsLookup.USE_ALL_DNS_IPS);
        } catch (ConfigException e) {
            throw new CannotStart(Place.sentence("the address of Kafka, " + brokers + ", leads nowhere (" + e.getMessage() + "): change it " + Place.of(environment, BROKERS)
                + " to host:port, or several with commas between"), e);
        }
    }

    void check(KnownSettings here, KnownSettings anywhere) {
        var wrong = new ArrayList<String>();
        var variables = Stream.concat(environment.getPropertySources().stream().flatMap(SettingsFirst::variablesIn), here.variables()).collect(Collectors.toSet());
        for (var source : environment.getPropertySources())
            for (var name : names(source))
                if (source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME) && name.toUpperCase(Locale.ROOT).startsWith("ORDERFLOW_"))
                    checkVariable(name, variables, anywhere, wrong);
                else if (isOurs(name, source) && !here.has(name))
                    wrong.add("there is no setting " + name + " in this app" + (anywhere.has(name) ? ", though there is in another" : "") + ": "
                        + KnownSettings.nearest(name, here.names().stream()).filter(meant -> !anywhere.has(name)).map(meant -> "did you mean " + meant + "? Change").orElse("remove") + " it "
                        + Place.of(source, name));
        if (!wrong.isEmpty())
            throw new CannotStart(String.join("\n", wrong.stream().map(Place::sentence).toList()));
    }

    private static void checkVariable(String name, Set<String> variables, KnownSettings anywhere, List<String> wrong) {
        var given = name.toUpperCase(Locale.ROOT);
        if (variables.contains(given) || anywhere.variables().anyMatch(given::equals))
            return;
        var meant = KnownSettings.nearest(given, variables.stream());
        if (meant.isPresent())
            wrong.add("there is no environment variable " + name + " for this app: did you mean " + meant.get() + "? Rename it");
        else if (given.startsWith("ORDERFLOW_DATABASE_"))
            // It would become half a database, and the missing half would be complained of.
            wrong.add("the environment variable " + name + " is of a database that this app does not have: remove it from this app's environment");
        else
            LOG.warn("The environment variable {} sets nothing in this app", name);
    }

    private static boolean isOurs(String name, PropertySource<?> source) {
        return name.toLowerCase(Locale.ROOT).startsWith("orderflow.")
            && !(source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME) && NO_SETTINGS.contains(name));
    }

    private static Stream<String> variablesIn(PropertySource<?> source) {
        return names(source).stream().flatMap(name -> KnownSettings.variablesIn(source.getProperty(name)));
    }

    private static List<String> names(PropertySource<?> source) {
        return source instanceof EnumerablePropertySource<?> enumerable ? Arrays.asList(enumerable.getPropertyNames()) : List.of();
    }
}
