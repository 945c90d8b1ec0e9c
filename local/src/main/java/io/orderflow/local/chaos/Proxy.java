package io.orderflow.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be blocked, be it in one of the ways in which networks and servers fail. It listens on the loopback address alone. */
class Proxy implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 200;
    private static final int BUFFER = 64 * 1024;

    /** What becomes of what is sent: it is passed on, or every connection is refused, or nothing moves, or all is late, or every connection breaks at once. */
    enum Way { OPEN, STOPPED, HUNG, SLOW, RESETTING }

    final int port;
    private final int server;
    private final long slowness;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.OPEN;
    private volatile boolean closed;
    private ServerSocket door;

    /**
     * @param first it listens on this port, or on the next one that is free
     * @param slowness milliseconds that a SLOW way takes each time that something is sent
     */
    Proxy(int first, int server, long slowness) {
        this.server = server;
        this.slowness = slowness;
        int free = first;
        while (!open(free)) {
            free++;
        }
        this.port = free;
    }

    /** From now on, it is like this, also for the connections there are. */
    synchronized void be(Way next) {
        Way before = way;
        way = next;
        if (next == Way.STOPPED) {
            shut();
        } else if (before == Way.STOPPED && !open(port)) {
            throw new IllegalStateException("Port " + port + " was taken by somebody else meanwhile");
        }
        if (next == Way.STOPPED || next == Way.RESETTING) {
            breakAll();
        }
        notifyAll();
    }

    private boolean open(int port) {
        try {
            ServerSocket here = new ServerSocket();
            here.setReuseAddress(true);
            here.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
            door = here;
            start(() -> accept(here));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private void shut() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket here) {
        while (!here.isClosed()) {
            try {
                Socket client = here.accept();
                Socket behind = new Socket(LOOPBACK, server);
                sockets.add(client);
                sockets.add(behind);
                start(() -> pass(client, behind));
                start(() -> pass(behind, client));
            } catch (IOException closedOrNobodyBehind) {
                // who knocks will knock again
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to) {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                let();
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // both ends learn of it
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Returns when what was sent may be passed on. */
    private synchronized void let() throws IOException {
        try {
            while (way == Way.HUNG && !closed) {
                wait();
            }
            if (way == Way.SLOW) {
                long late = System.currentTimeMillis() + slowness;
                for (long left = slowness; left > 0 && way == Way.SLOW; left = late - System.currentTimeMillis()) {
                    wait(left);
                }
            }
            if (way == Way.RESETTING || closed) {
                throw new IOException("The connection breaks");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** With a reset, as when the other machine has crashed: nobody says goodbye. */
    private void breakAll() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException alreadyGone) {
                // so much the better
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        shut();
        breakAll();
        notifyAll();
    }
}
