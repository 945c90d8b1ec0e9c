package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator who sets something wrong reads one sentence that says what to change, and no stack trace. */
@Execution(ExecutionMode.CONCURRENT)
class WrongSettingsTest {
    private static final String NOBODY_THERE = "jdbc:postgresql://127.0.0.1:1/payments";

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.bare("payments", "gateway");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
            arguments(Map.of("ORDERFLOW_MANAGEMENT_PASSWORD", ""), "",
                "The setting orderflow.management.password is empty, but must be the password of the management port: set it in the environment variable ORDERFLOW_MANAGEMENT_PASSWORD."),
            arguments(Map.of("ORDERFLOW_API_USERS", ""), "",
                "Nobody could ask anything of the API, for there are neither users nor an issuer of tokens: set orderflow.api.users (ORDERFLOW_API_USERS), "
                    + "or orderflow.api.issuer (ORDERFLOW_API_ISSUER) with orderflow.api.audience."),
            arguments(Map.of("ORDERFLOW_API_ISSUER", "https://login.example"), "",
                "A token must be from an issuer and for an audience, and one of these is not set: set both orderflow.api.issuer (ORDERFLOW_API_ISSUER) "
                    + "and orderflow.api.audience (ORDERFLOW_API_AUDIENCE), or neither."),
            arguments(Map.of("ORDERFLOW_PAYMENT_SETTLEEVERY", "soon", "ORDERFLOW_PAYMENTS_URL", NOBODY_THERE), "",
                "The setting orderflow.payment.settle-every is \"soon\", but must be a time such as 500ms, 2s or 15m: set it in the environment variable ORDERFLOW_PAYMENT_SETTLEEVERY."),
            arguments(Map.of(), "--orderflow.database.gateway.pool-size=0",
                "The setting orderflow.database.gateway.pool-size is \"0\", but must be at least 2: set it on the command line."),
            arguments(Map.of("ORDERFLOW_GATEWAY_URL", ""), "",
                "The setting orderflow.database.gateway.url is empty, but must be a JDBC address such as jdbc:postgresql://localhost:5432/orders: "
                    + "set it in the environment variable ORDERFLOW_GATEWAY_URL."),
            arguments(Map.of("ORDERFLOW_PAYMENTS_URL", NOBODY_THERE), "--orderflow.database.payments.patience=1s",
                "The database payments has no way in at " + NOBODY_THERE + " for the role payments (Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct "
                    + "and that the postmaster is accepting TCP/IP connections.): start it, or change orderflow.database.payments.url, .owner-username or .owner-password."),
            arguments(Map.of("ORDERFLOW_PAYMENTS_OWNER_PASSWORD", "wrong"), "--orderflow.database.payments.patience=1s",
                "The database payments has no way in at %s for the role payments (FATAL: password authentication failed for user \"payments\"): "
                    + "start it, or change orderflow.database.payments.url, .owner-username or .owner-password."),
            arguments(Map.of("ORDERFLOW_PAYMENTS_PASSWORD", "wrong"), "",
                "The database payments has no way in at %s for the role payments_app (FATAL: password authentication failed for user \"payments_app\"): "
                    + "start it, or change orderflow.database.payments.url, .username or .password."),
            arguments(Map.of("ORDERFLOW_KAFKA", "localhost"), "",
                "The address of Kafka, localhost, leads nowhere (Invalid url in bootstrap.servers: localhost): change it in the environment variable ORDERFLOW_KAFKA to host:port, or several with commas between."),
            arguments(Map.of(), "--orderflow.payment.settle-evry=2s",
                "There is no setting orderflow.payment.settle-evry in this app: did you mean orderflow.payment.settle-every? Change it on the command line."),
            arguments(Map.of("ORDERFLOW_GATEWAY_USRNAME", "x"), "",
                "There is no environment variable ORDERFLOW_GATEWAY_USRNAME for this app: did you mean ORDERFLOW_GATEWAY_USERNAME? Rename it."));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void stopsTheStartWithASentence(Map<String, String> variables, String argument, String sentence) {
        String said = rig.launchAside(Service.PAYMENT, variables, argument.isEmpty() ? new String[0] : new String[] {argument}).awaitEnd();

        isToldInASentence(said, sentence.formatted(rig.database("payments").url()));
    }

    @Test
    void namesThePortThatIsTakenAndItsVariable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (String variable : new String[] {"ORDERFLOW_PORT", "ORDERFLOW_MANAGEMENT_PORT"}) {
                String said = rig.launchAside(Service.PAYMENT, Map.of(variable, Integer.toString(taken.getLocalPort()))).awaitEnd();

                isToldInASentence(said, "Port " + taken.getLocalPort() + " is taken by another program: stop that, or choose another port in the environment variable " + variable + ".");
            }
        }
    }

    private static void isToldInASentence(String said, String sentence) {
        assertThat(said).contains("\nDescription:\n\n" + sentence + "\n").endsWith("ended with 1").doesNotContainPattern("\n\\s+at [a-z]").doesNotContain("Exception");
    }
}
