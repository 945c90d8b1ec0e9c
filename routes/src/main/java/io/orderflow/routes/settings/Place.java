package io.orderflow.routes.settings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/** Where an operator has set something, or may set it. */
class Place {

    private Place() {
    }

    /** Where a setting has its value from, be it that the value stands for a variable; where none has it, where it may be given. */
    static String of(Environment environment, String setting) {
        for (var source : ((ConfigurableEnvironment) environment).getPropertySources()) {
            if (!(source instanceof EnumerablePropertySource<?> enumerable))
                continue;
            for (var name : enumerable.getPropertyNames())
                if (isEnvironment(source) ? KnownSettings.variables(setting).anyMatch(name::equalsIgnoreCase) : ConfigurationPropertyName.adapt(name, '.').equals(ConfigurationPropertyName.of(setting)))
                    return KnownSettings.variablesIn(source.getProperty(name)).findFirst().map(Place::variable).orElseGet(() -> of(source, name));
        }
        return variable(KnownSettings.variables(setting).findFirst().orElseThrow());
    }

    /** Where this source has it from. */
    static String of(PropertySource<?> source, String name) {
        if (source instanceof CommandLinePropertySource)
            return "on the command line";
        if (isEnvironment(source))
            return variable(name);
        if (source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME))
            return "in the system property -D" + name;
        return OriginLookup.getOrigin(source, name) instanceof TextResourceOrigin text ? "in " + text.getResource().getFilename() + ", line " + (text.getLocation().getLine() + 1)
            : "in " + source.getName();
    }

    static String sentence(String words) {
        return StringUtils.capitalize(words) + ".";
    }

    private static String variable(String name) {
        return "in the environment variable " + name;
    }

    private static boolean isEnvironment(PropertySource<?> source) {
        return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }
}
