package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PortsTest {

    @Test
    void namesTheTakenPortAndTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = free("--kafka-port=" + taken.getLocalPort());
            assertThatThrownBy(() -> ports.check(1)).isInstanceOf(Problem.class)
                .hasMessage("Port " + taken.getLocalPort() + " (Kafka) is taken by another program: choose another with --kafka-port.");
        }
    }

    @Test
    void refusesOnePortForTwo() {
        int port = FreePorts.take();
        Ports ports = free("--order-port=" + port, "--payment-port=" + port);
        assertThatThrownBy(() -> ports.check(1)).isInstanceOf(Problem.class)
            .hasMessage("Port " + port + " (payment app) is also that of order app: choose another with --payment-port.");
    }

    @Test
    void isContentWithFreePorts() {
        assertThatCode(() -> free().check(1)).doesNotThrowAnyException();
    }

    private static Ports free(String... chosen) {
        Ports ports = new Ports();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("ports", CommandLine.Model.CommandSpec.forAnnotatedObject(ports)));
        Stream<String> others = line.getCommandSpec().options().stream().map(option -> option.longestName())
            .filter(name -> Stream.of(chosen).noneMatch(given -> given.startsWith(name + "="))).map(name -> name + "=" + FreePorts.take());
        line.parseArgs(Stream.concat(Stream.of(chosen), others).toArray(String[]::new));
        return ports;
    }
}
