package io.orderflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The ports the system listens on, each an option of the command. */
public class Ports {

    @Option(names = "--order-port", defaultValue = "8080", paramLabel = "<port>", description = "API of the order app (${DEFAULT-VALUE})")
    public int order;
    @Option(names = "--inventory-port", defaultValue = "8081", paramLabel = "<port>", description = "API of the inventory app (${DEFAULT-VALUE})")
    public int inventory;
    @Option(names = "--payment-port", defaultValue = "8082", paramLabel = "<port>", description = "API of the payment app (${DEFAULT-VALUE})")
    public int payment;
    @Option(names = "--order-management-port", defaultValue = "9080", paramLabel = "<port>", description = "Hawtio and health of the order app (${DEFAULT-VALUE})")
    public int orderManagement;
    @Option(names = "--inventory-management-port", defaultValue = "9081", paramLabel = "<port>", description = "the same of the inventory app (${DEFAULT-VALUE})")
    public int inventoryManagement;
    @Option(names = "--payment-management-port", defaultValue = "9082", paramLabel = "<port>", description = "the same of the payment app (${DEFAULT-VALUE})")
    public int paymentManagement;
    @Option(names = "--kafka-port", defaultValue = "9092", paramLabel = "<port>", description = "the Kafka broker (${DEFAULT-VALUE})")
    public int kafka;
    @Option(names = "--postgres-port", defaultValue = "5432", paramLabel = "<port>", description = "PostgreSQL; the first of three with --postgres=3 (${DEFAULT-VALUE})")
    public int postgres;

    /** Where an app answers customers. */
    public int of(Service service) {
        return switch (service) {
            case ORDER -> order;
            case INVENTORY -> inventory;
            case PAYMENT -> payment;
        };
    }

    /** Where an app answers those who run it. */
    public int managementOf(Service service) {
        return switch (service) {
            case ORDER -> orderManagement;
            case INVENTORY -> inventoryManagement;
            case PAYMENT -> paymentManagement;
        };
    }

    private record Wanted(int port, String option, String what) {

        String problem(String why) {
            return "Port " + port + " (" + what + ") " + why + ": choose another with " + option + ".";
        }
    }

    /** Says which port cannot be had, and how to choose another, before anything is started. */
    public void check(int postgresInstances) {
        Map<Integer, Wanted> seen = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Wanted wanted : wanted(postgresInstances)) {
            Wanted same = seen.putIfAbsent(wanted.port, wanted);
            if (same != null) {
                problems.add(wanted.problem("is also that of " + same.what));
            } else if (wanted.port < 1 || wanted.port > 65535) {
                problems.add(wanted.problem("does not exist"));
            } else if (isTaken(wanted.port)) {
                problems.add(wanted.problem("is taken by another program"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problem(String.join(System.lineSeparator(), problems));
        }
    }

    private List<Wanted> wanted(int postgresInstances) {
        List<Wanted> all = new ArrayList<>(List.of(
            new Wanted(order, "--order-port", "order app"),
            new Wanted(inventory, "--inventory-port", "inventory app"),
            new Wanted(payment, "--payment-port", "payment app"),
            new Wanted(orderManagement, "--order-management-port", "order app's management"),
            new Wanted(inventoryManagement, "--inventory-management-port", "inventory app's management"),
            new Wanted(paymentManagement, "--payment-management-port", "payment app's management"),
            new Wanted(kafka, "--kafka-port", "Kafka")));
        IntStream.range(0, postgresInstances).forEach(instance -> all.add(new Wanted(postgres + instance, "--postgres-port", "PostgreSQL")));
        return all;
    }

    /** Asks in both ways, for some systems let two programs listen on one port, on different addresses. */
    private static boolean isTaken(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback, port), 500);
            return true;
        } catch (IOException nobodyAnswers) {
            try (ServerSocket socket = new ServerSocket(port, 1, loopback)) {
                return !socket.isBound();
            } catch (IOException notOurs) {
                return true;
            }
        }
    }
}
