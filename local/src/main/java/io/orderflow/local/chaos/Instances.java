package io.orderflow.local.chaos;

import io.orderflow.local.Service;
import io.orderflow.local.Together;
import io.orderflow.local.bench.Child;
import io.orderflow.local.chaos.Customers.Visit;
import io.orderflow.local.check.ClientLog.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Instances of the apps come and go, as in any deployment; one of them is taken for dead and is not. */
class Instances {

    private static final int ROLLS = 10;
    private static final int REBALANCES = 3;
    /** Both are longer than the time after which a group gives a silent member's work to the others. */
    private static final int SECONDS_FROZEN = 60;
    private static final int SECONDS_FROZEN_IN_SHORT = 20;
    private static final int ENDED_BY_SIGTERM = 143;
    private static final int SECONDS_TO_DRAIN = 30;
    private static final List<String> SIGNS_OF_FORCE = List.of("Forcing the routes", "Timeout occurred", "Graceful shutdown aborted", "still running after timeout");

    /** A group of each app by which the number of its instances can be told. */
    private static final Map<Service, String> GROUPS = Map.of(Service.ORDER, "update-order-payment", Service.INVENTORY, "reserve-inventory", Service.PAYMENT, "take-payment");

    private Instances() {
    }

    static void rebalance(Target target) {
        try (Customers customers = target.customers()) {
            for (int round = target.settings.rounds(REBALANCES); round > 0; round--) {
                for (Service service : Service.values()) {
                    rebalance(target, service);
                }
            }
        }
    }

    private static void rebalance(Target target, Service service) {
        String group = GROUPS.get(service);
        long progress = target.awaitProgress(target.settings.orders());
        List<Child> others = List.of(target.startAnother(service, 1), target.startAnother(service, 2));
        Together.run(others.stream().map(child -> (Runnable) child::awaitReady).toList());
        target.await("three instances of " + service + " share the work", () -> target.post().members(group) == 3);
        target.say("three instances of " + service + ", after " + progress + " more orders had ended");
        List<Child> all = new ArrayList<>(others);
        all.add(target.app(service));
        // The first instance is where the customers go; it freezes as well as any, but not where requests would wait for it.
        Child frozen = all.get(target.random.nextInt(service == Service.ORDER ? 2 : 3));
        progress = target.awaitProgress(target.settings.orders());
        int seconds = target.settings.brief ? SECONDS_FROZEN_IN_SHORT : SECONDS_FROZEN;
        frozen.freeze(seconds);
        target.await("the frozen one is taken for dead", () -> target.post().members(group) == 2);
        long without = target.awaitProgress(target.settings.orders());
        target.await("it is one of three again", () -> target.post().members(group) == 3);
        target.say("one of them froze for " + seconds + " s after " + progress + " more orders had ended, " + without + " ended without it, and it woke");
        target.awaitProgress(target.settings.orders());
        others.forEach(Child::terminate);
        others.forEach(other -> end(target, other, System.nanoTime()));
        target.await("one instance of " + service + " is left", () -> target.post().members(group) == 1);
    }

    /** A new build is brought in, taken back, and brought in again; the databases are brought to its schema by the first of its apps, and stay there. */
    static void versions(Target target) {
        try (Customers customers = target.customers()) {
            for (Path build : Arrays.asList(null, target.settings.older, null)) {
                target.build(build);
                for (Service service : Service.values()) {
                    replace(target, service, build == null ? "this build" : "the older build");
                }
            }
        }
    }

    private static void replace(Target target, Service service, String build) {
        String group = GROUPS.get(service);
        long progress = target.awaitProgress(target.settings.orders());
        Child another = target.startAnother(service, 1).awaitReady();
        target.await("instances of both builds share the work of " + service, () -> target.post().members(group) == 2);
        long together = target.awaitProgress(target.settings.orders());
        Child former = target.app(service);
        former.terminate();
        end(target, former, System.nanoTime());
        target.start(service).awaitReady();
        another.terminate();
        end(target, another, System.nanoTime());
        target.say(service + " is of " + build + " after " + progress + " more orders had ended, and " + together + " with both builds side by side");
    }

    static void roll(Target target) {
        try (Customers customers = target.customers()) {
            for (int round = 1; round <= target.settings.rounds(ROLLS); round++) {
                for (Service service : Service.values()) {
                    long progress = target.awaitProgress(target.settings.orders());
                    Child app = target.app(service);
                    long begin = System.nanoTime();
                    app.terminate();
                    String time = end(target, app, begin);
                    target.start(service).awaitReady();
                    target.say(service + " was told to stop after " + progress + " more orders had ended, ended after " + time + ", and was started again");
                }
            }
            target.awaitProgress(target.settings.orders());
            customers.close();
            target.say("requests meanwhile: " + Outages.summary(customers.visits().stream().toList()));
            customers.visits().stream().filter(visit -> visit.status() != 0 && visit.status() != 202 && visit.status() != 503).findAny()
                .ifPresent(visit -> target.complain("neither 202 nor 503 nor nothing: " + visit));
            nothingWasTakenInAndNotAnswered(target, customers);
        }
    }

    /** A connection that is kept alive ends with its server, so who speaks on it just then is not heard; who was heard must be answered. */
    private static void nothingWasTakenInAndNotAnswered(Target target, Customers customers) {
        Map<String, List<Visit>> byKey = customers.visits().stream().collect(Collectors.groupingBy(Visit::key));
        List<String> unanswered = byKey.entrySet().stream()
            .filter(visits -> visits.getValue().stream().noneMatch(visit -> visit.outcome() == Outcome.OK)
                && visits.getValue().stream().anyMatch(visit -> visit.outcome() == Outcome.INFO && visit.status() == 0))
            .map(Map.Entry::getKey).toList();
        long takenIn = Long.parseLong(target.ask("orders", "select count(*) from orders where customer in ('" + String.join("','", unanswered) + "')"));
        target.say(unanswered.size() + " customers spoke to an app that had just ended, and did not come again");
        if (takenIn > 0) {
            target.complain(takenIn + " orders were taken in by an app that was told to stop, and never answered, of " + unanswered);
        }
    }

    /** Waits for an app that was told to stop, and looks how it went. */
    private static String end(Target target, Child app, long begin) {
        OptionalInt result = app.awaitEnd(target.settings.patience);
        if (result.isEmpty()) {
            app.kill();
            target.complain(app.name + " does not end; its log is " + app.log());
        } else if (result.getAsInt() != ENDED_BY_SIGTERM) {
            target.complain(app.name + " ended with " + result.getAsInt() + "; its log is " + app.log());
        }
        try (Stream<String> lines = Files.lines(app.log())) {
            lines.filter(line -> SIGNS_OF_FORCE.stream().anyMatch(line::contains)).findAny().ifPresent(line -> target.complain(app.name + " was forced to end: " + line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long took = System.nanoTime() - begin;
        if (took > SECONDS_TO_DRAIN * 1_000_000_000L) {
            target.late(app.name + " took " + Outages.seconds(took) + " to end");
        }
        return Outages.seconds(took);
    }
}
