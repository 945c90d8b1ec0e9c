package io.orderflow.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.local.FreePorts;
import io.orderflow.local.Passwords;
import io.orderflow.local.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole flow is right in any interleaving that a seed can think of. {@code -Dorderflow.seed=42} plays that one, with its script;
 * {@code -Dorderflow.seeds=20000} plays so many.
 */
class SimulationTest {
    private static final int WORLDS = 2;
    private static final Long ONE = Long.getLong("orderflow.seed");
    private static final int SEEDS = Integer.getInteger("orderflow.seeds", 1000);

    @TempDir
    private static Path folder;
    private static Postgres server;
    private static final BlockingQueue<World> worlds = new ArrayBlockingQueue<>(WORLDS);

    @BeforeAll
    static void start() throws Exception {
        List<String> names = IntStream.range(0, WORLDS).boxed().flatMap(n -> World.DATABASES.stream().map(name -> name + "_" + n)).toList();
        server = new Postgres(folder.resolve("postgres"), Path.of("target", "systems", "postgres-programs").toAbsolutePath(), FreePorts.take(), names,
            new Passwords(folder.resolve("passwords.properties")));
        server.start();
        for (int n = 0; n < WORLDS; n++) {
            worlds.add(new World(n, server.databases().subList(n * World.DATABASES.size(), (n + 1) * World.DATABASES.size())));
        }
    }

    @AfterAll
    static void stop() {
        worlds.forEach(World::close);
        server.close();
    }

    @Test
    void everySeedEndsWell() throws Exception {
        if (ONE != null) {
            System.out.println(String.join("\n", play(ONE)));
            return;
        }
        long begin = System.nanoTime();
        ExecutorService players = Executors.newFixedThreadPool(WORLDS);
        try {
            List<Future<Tally>> played = LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> players.submit(() -> Tally.of(play(seed)))).toList();
            Tally all = new Tally(0, 0, 0);
            for (Future<Tally> one : played) {
                all = all.plus(one.get());
            }
            System.out.printf("Simulation: seeds 1 to %d end well, with %d steps, of which %d died and %d were overtaken, in %d s%n",
                SEEDS, all.steps, all.deaths, all.overtaken, (System.nanoTime() - begin) / 1_000_000_000);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw e;
        } finally {
            players.shutdownNow();
            players.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void aSeedReplaysExactly() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(play(seed)).as("seed %d, played again", seed).isEqualTo(play(seed));
        }
    }

    /** How much happened. */
    private record Tally(long steps, long deaths, long overtaken) {
        static Tally of(List<String> script) {
            return new Tally(count(script, " takes ") + count(script, "asking: ") + count(script, "relay of "), count(script, " dies "), count(script, " is overtaken "));
        }

        Tally plus(Tally other) {
            return new Tally(steps + other.steps, deaths + other.deaths, overtaken + other.overtaken);
        }

        private static long count(List<String> script, String what) {
            return script.stream().filter(line -> line.contains(what)).count();
        }
    }

    /** Plays a seed and tells what happened; if it does not end well, the failure tells. */
    private static List<String> play(long seed) throws Exception {
        World world = worlds.take();
        Simulation simulation = new Simulation(world, seed);
        try {
            simulation.play();
            return simulation.script();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("Seed " + seed + " does not end well (again with -Dorderflow.seed=" + seed + "):\n" + e.getMessage() + "\n\nWhat happened:\n"
                + String.join("\n", simulation.script()), e);
        } finally {
            worlds.add(world);
        }
    }
}
