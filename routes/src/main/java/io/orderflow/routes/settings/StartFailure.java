package io.orderflow.routes.settings;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;

/** Says in a sentence what to change when an app cannot start for something that an operator has set. What it does not know is left to Spring's own. */
class StartFailure implements FailureAnalyzer, Ordered {
    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(Integer.class, Long.class);

    private final Environment environment;

    StartFailure(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        var sentence = sentence(failure);
        return sentence == null ? null : new FailureAnalysis(sentence, null, failure);
    }

    private String sentence(Throwable failure) {
        String bind = null;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart)
                return cause.getMessage();
            if (cause instanceof PortInUseException taken)
                return taken(taken.getPort());
            if (cause instanceof BindValidationException invalid && isOurs(invalid.getValidationErrors().getName().toString()))
                return invalid.getValidationErrors().getAllErrors().stream().map(FieldError.class::cast)
                    .map(error -> wrong(name(invalid.getValidationErrors().getName() + "." + error.getField()), error.getRejectedValue(), error.getDefaultMessage()))
                    .sorted().collect(Collectors.joining("\n"));
            if (cause instanceof BindException unreadable && isOurs(unreadable.getName().toString()))
                bind = wrong(unreadable.getName().toString(), unreadable.getProperty() == null ? null : unreadable.getProperty().getValue(), "must be " + wanted(unreadable));
        }
        return bind;
    }

    private String taken(int port) {
        var door = Integer.toString(port).equals(environment.getProperty("management.server.port")) ? "management.server.port" : "server.port";
        return Place.sentence("port " + port + " is taken by another program: stop that, or choose another port " + Place.of(environment, door));
    }

    private String wrong(String setting, Object value, String rule) {
        var given = value == null ? "not set" : value.toString().isBlank() ? "empty" : "\"" + value + "\"";
        return Place.sentence("the setting " + setting + " is " + given + ", but " + rule + ": set it " + Place.of(environment, setting));
    }

    private static boolean isOurs(String name) {
        return name.equals("orderflow") || name.startsWith("orderflow.");
    }

    /** {@code orderflow.database[orders].poolSize} as one writes it in a file. */
    private static String name(String field) {
        return DataObjectPropertyName.toDashedForm(field.replace("[", ".").replace("]", ""));
    }

    private static String wanted(BindException failure) {
        var type = NestedExceptionUtils.getMostSpecificCause(failure) == failure ? null : target(failure);
        if (type == Duration.class)
            return "a time such as 500ms, 2s or 15m";
        if (type != null && WHOLE_NUMBERS.contains(ClassUtils.resolvePrimitiveIfNecessary(type)))
            return "a whole number";
        return "of another kind" + (type == null ? "" : ", " + type.getSimpleName());
    }

    private static Class<?> target(BindException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ConversionFailedException conversion)
                return conversion.getTargetType().getType();
            else if (cause instanceof ConverterNotFoundException missing)
                return missing.getTargetType().getType();
        return null;
    }
}
