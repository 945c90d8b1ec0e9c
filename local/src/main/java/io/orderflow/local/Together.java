package io.orderflow.local;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at the same time, and is done when all of them are. */
public class Together {

    private Together() {
    }

    /** Runs every task to its end; if some fail, throws what the first of them threw. The threads see the same classes as the caller. */
    public static void run(Collection<? extends Runnable> tasks) {
        // Threads of its own, not the common pool's: those do not see the classes inside an executable jar.
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Void>> all = tasks.stream().map(task -> CompletableFuture.runAsync(task, threads)).toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            threads.shutdown();
        }
    }
}
