package io.orderflow.local;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the user, one line a step, what is up and how long it took. */
public class Progress {

    private static final int WIDTH = 60;

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void step(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        say("  " + what + " " + ".".repeat(Math.max(2, WIDTH - what.length())) + " " + seconds(start));
    }

    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The time since a {@link System#nanoTime()}, as one reads it. */
    public static String seconds(long start) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }
}
