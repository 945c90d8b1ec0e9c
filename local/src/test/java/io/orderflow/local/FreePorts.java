package io.orderflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Finds ports that nobody listens on, below those that the system gives to outgoing connections: else a client that knocks at a stopped
 * server's port may be given that very port, and the server could not start again.
 */
public class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;

    private static int next = FIRST + (int) (ProcessHandle.current().pid() * 101 % (LAST - FIRST));

    private FreePorts() {
    }

    public static synchronized int take() {
        for (int tries = FIRST; tries <= LAST; tries++) {
            next = next < LAST ? next + 1 : FIRST;
            try (ServerSocket socket = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
        throw new IllegalStateException("No port from " + FIRST + " to " + LAST + " is free");
    }

    public static Ports all() {
        Ports ports = new Ports();
        ports.order = take();
        ports.inventory = take();
        ports.payment = take();
        ports.orderManagement = take();
        ports.inventoryManagement = take();
        ports.paymentManagement = take();
        ports.kafka = take();
        ports.postgres = take();
        return ports;
    }
}
