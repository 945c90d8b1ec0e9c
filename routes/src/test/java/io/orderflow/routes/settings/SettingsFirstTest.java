package io.orderflow.routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** An app with the database orders, which neither takes payments nor has any other database. */
class SettingsFirstTest {
    private static final List<String> DATABASES = List.of("orders");
    private static final KnownSettings HERE = KnownSettings.of(record -> !record.contains(".payment."), DATABASES);
    private static final KnownSettings ANYWHERE = KnownSettings.of(record -> true, DATABASES);

    private final StandardEnvironment environment = new StandardEnvironment();

    SettingsFirstTest() {
        environment.getPropertySources().forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addLast(new MapPropertySource("order-app.yml", Map.of("server.port", "${ORDERFLOW_PORT:8080}", "orderflow.database.orders.url", "${ORDERFLOW_ORDERS_URL:}")));
    }

    private String refusal() {
        var refusal = catchThrowableOfType(CannotStart.class, () -> new SettingsFirst(environment).check(HERE, ANYWHERE));
        return refusal == null ? "" : refusal.getMessage();
    }

    private void commandLine(String setting) {
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--" + setting + "=x"));
    }

    private void environment(String variable) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderflow.management.username", "orderflow.management.userName", "orderflow.database.orders.pool-size", "orderflow.database.orders.poolSize",
        "orderflow.database.orders.pool_size", "orderflow.database.orders.POOL-SIZE", "server.port", "orderflows.management", "camel.main.name"})
    void takesWhatThereIsHoweverItIsSpelt(String setting) {
        commandLine(setting);
        assertThat(refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "orderflow.management.pasword, orderflow.management.password",
        "orderflow.manegement.username, orderflow.management.username",
        "orderflow.management.user, orderflow.management.username",
        "orderflow.databse.orders.url, orderflow.database.orders.url",
        "orderflow.database.oders.pool-size, orderflow.database.orders.pool-size",
        "orderflow.database.orders.pol-size, orderflow.database.orders.pool-size",
        "orderflow.manegemnt.usrname, orderflow.management.username",
        "orderflow.database.orders.size-pool, ",
        "orderflow.limit, "})
    void refusesWhatThereIsNotAndNamesWhatWasMeant(String setting, String meant) {
        commandLine(setting);
        assertThat(refusal()).isEqualTo("There is no setting " + setting + " in this app: " + (meant == null ? "remove" : "did you mean " + meant + "? Change") + " it on the command line.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderflow.payment.settle-every", "orderflow.payment.settleEvery"})
    void refusesTheSettingOfAnotherApp(String setting) {
        commandLine(setting);
        assertThat(refusal()).isEqualTo("There is no setting " + setting + " in this app, though there is in another: remove it on the command line.");
    }

    @Test
    void refusesADatabaseThatTheAppDoesNotHave() {
        commandLine("orderflow.database.inventory.url");
        assertThat(refusal()).isEqualTo("There is no setting orderflow.database.inventory.url in this app: remove it on the command line.");
    }

    @Test
    void saysWhereEachWrongSettingIsFrom() {
        environment.getPropertySources().addFirst(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.of("orderflow.z", "x")));
        environment.getPropertySources().addLast(new MapPropertySource("another.yml", Map.of("orderflow.b", "x")));
        assertThat(refusal()).isEqualTo("There is no setting orderflow.z in this app: remove it in the system property -Dorderflow.z.\nThere is no setting orderflow.b in this app: remove it in another.yml.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderflow.home", "orderflow.seed", "orderflow.seeds", "orderflow.docs"})
    void passesOverWhatTheRunScriptAndTheTestsTellThemselvesButNowhereElse(String name) {
        environment.getPropertySources().addFirst(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, Map.of(name, "x")));
        assertThat(refusal()).isEmpty();
        commandLine(name);
        assertThat(refusal()).startsWith("There is no setting " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERFLOW_PORT", "ORDERFLOW_ORDERS_URL", "ORDERFLOW_MANAGEMENT_USERNAME", "ORDERFLOW_DATABASE_ORDERS_POOLSIZE", "ORDERFLOW_DATABASE_ORDERS_POOL_SIZE",
        "orderflow_database_orders_poolsize", "ORDERFLOW_PAYMENT_SETTLEEVERY", "ORDERFLOW_PAYMENT_SETTLE_EVERY", "ORDERFLOW_INVENTORY_URL", "ORDERFLOW_PAYMENTS_URL", "ORDERFLOW_GATEWAY_PASSWORD",
        "ORDERFLOW_SERVICE_HOST", "ORDERFLOW_PORT_8080_TCP", "SPRING_PROFILES_ACTIVE"})
    void takesAVariableOfItsOwnAndLeavesThoseOfOtherAppsAlone(String variable) {
        environment(variable);
        assertThat(refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ORDERFLOW_ODERS_URL, ORDERFLOW_ORDERS_URL",
        "ORDERFLOW_ORDERS_ULR, ORDERFLOW_ORDERS_URL",
        "ORDERFLOW_PROT, ORDERFLOW_PORT",
        "ORDERFLOW_MANAGEMENT_PASWORD, ORDERFLOW_MANAGEMENT_PASSWORD",
        "ORDERFLOW_MANAGEMENT_USER, ORDERFLOW_MANAGEMENT_USERNAME",
        "ORDERFLOW_DATABASE_ORDERS_POOLSZE, ORDERFLOW_DATABASE_ORDERS_POOLSIZE"})
    void refusesAVariableThatIsAlmostOneOfItsOwn(String variable, String meant) {
        environment(variable);
        assertThat(refusal()).isEqualTo("There is no environment variable " + variable + " for this app: did you mean " + meant + "? Rename it.");
    }

    @Test
    void refusesAVariableThatWouldMakeHalfADatabase() {
        environment("ORDERFLOW_DATABASE_INVENTORY_POOLSIZE");
        assertThat(refusal()).isEqualTo("The environment variable ORDERFLOW_DATABASE_INVENTORY_POOLSIZE is of a database that this app does not have: remove it from this app's environment.");
    }

    /** Else a variable would be taken for known, or be in the documentation, and set nothing. */
    @ParameterizedTest
    @MethodSource("variables")
    void everyVariableSetsItsSetting(String setting, String variable) {
        environment(variable);
        assertThat(new Binder(ConfigurationPropertySources.get(attached())).bind(setting, Bindable.of(String.class)).orElse("nothing")).isEqualTo("x");
        assertThatCode(() -> new SettingsFirst(environment).check(ANYWHERE, ANYWHERE)).doesNotThrowAnyException();
    }

    static List<Object[]> variables() {
        return ANYWHERE.names().stream().flatMap(setting -> KnownSettings.variables(setting).map(variable -> new Object[] {setting, variable})).toList();
    }

    private StandardEnvironment attached() {
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
