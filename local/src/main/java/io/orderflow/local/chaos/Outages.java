package io.orderflow.local.chaos;

import io.orderflow.local.chaos.Customers.Visit;
import io.orderflow.local.chaos.Proxy.Way;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the apps stand on goes away. */
class Outages {

    private static final int SECONDS_WITHOUT_BROKER = 60;
    private static final int KILLS = 10;
    private static final int SECONDS_WITHOUT_DATABASE = 30;
    private static final int SECONDS_TO_GIVE_UP = 5;
    private static final long NANOS_TO_REFUSE = 3_000_000_000L;
    /** Ten seconds for a statement, and what comes around it. */
    private static final long NANOS_IN_HAND = 11_000_000_000L;
    private static final List<Way> ALL_WAYS = List.of(Way.STOPPED, Way.HUNG, Way.SLOW, Way.RESETTING);
    /** Of each database one, and of what intake stands on both that show most. */
    private static final Map<String, List<Way>> FEW_WAYS = Map.of("orders", List.of(Way.STOPPED, Way.HUNG), "inventory", List.of(Way.HUNG), "payments", List.of(Way.STOPPED),
        "gateway", List.of(Way.HUNG));
    private static final int OK = 202;
    private static final int UNAVAILABLE = 503;

    private Outages() {
    }

    static void broker(Target target) {
        try (Customers customers = target.customers()) {
            long before = target.awaitProgress(target.settings.orders());
            target.broker().terminate();
            target.broker().awaitEnd(target.settings.patience);
            long away = System.nanoTime();
            target.say("the broker was stopped, after " + before + " orders had ended");
            target.sleep(target.settings.seconds(SECONDS_WITHOUT_BROKER) * 1000L);
            target.say("  without it: " + summary(customers.since(away)));
            long back = System.nanoTime();
            target.startBroker();
            target.await("the orders of the outage are published", () -> target.ask("orders", "select count(*) < 50 from outbox").equals("t"));
            target.say("  the orders of the outage are published, " + seconds(System.nanoTime() - back) + " after it was started again");
            for (int kill = 1; kill <= target.settings.rounds(KILLS); kill++) {
                long progress = target.awaitProgress(target.settings.orders());
                target.broker().kill();
                target.startBroker();
                target.say("kill -9 of the broker, number " + kill + ", after " + progress + " more orders had ended");
            }
            target.awaitProgress(target.settings.orders());
            customers.close();
            List<Visit> all = List.copyOf(customers.visits());
            target.say("requests in all: " + summary(all));
            List<Visit> refused = all.stream().filter(visit -> visit.status() != OK).toList();
            if (!refused.isEmpty()) {
                target.complain(refused.size() + " requests were not accepted though only the broker was away, such as " + refused.get(0));
            }
        }
    }

    static void databases(Target target) {
        try (Customers customers = target.customers()) {
            for (int round = target.settings.rounds(1); round > 0; round--) {
                for (String database : target.databases()) {
                    (target.settings.brief ? FEW_WAYS.get(database) : ALL_WAYS).forEach(way -> outage(target, customers, database, way));
                }
            }
        }
    }

    private static void outage(Target target, Customers customers, String database, Way way) {
        long progress = target.awaitProgress(target.settings.orders());
        target.be(database, way);
        long away = System.nanoTime();
        // A hung server is given up after ten seconds; less would not be noticed.
        target.sleep(target.settings.seconds(SECONDS_WITHOUT_DATABASE) * 1000L + (way == Way.HUNG ? SECONDS_TO_GIVE_UP * 1000L : 0));
        target.be(database, Way.OPEN);
        long back = System.nanoTime();
        List<Visit> during = customers.since(away);
        target.say("database " + database + " " + way.toString().toLowerCase(Locale.ROOT) + " for " + seconds(back - away) + ", after " + progress + " more orders had ended: " + summary(during));
        during.stream().filter(visit -> visit.status() == UNAVAILABLE && visit.retryAfter() == null).findAny()
            .ifPresent(visit -> target.complain("a 503 without Retry-After: " + visit));
        during.stream().filter(visit -> visit.status() != OK && visit.status() != UNAVAILABLE).findAny()
            .ifPresent(visit -> target.complain("neither 202 nor 503 while the database " + database + " was " + way + ": " + visit));
        if (way == Way.STOPPED && database.equals("orders") && during.stream().skip(target.settings.customers).anyMatch(visit -> visit.status() == OK)) {
            target.complain("orders were accepted though their database was stopped");
        }
        if (way != Way.SLOW) {
            List<Visit> late = during.stream().filter(visit -> visit.status() == UNAVAILABLE && visit.nanos() > NANOS_TO_REFUSE).toList();
            // Those in hand when the server fell silent are told as soon as it is known that nobody knows.
            late.stream().filter(visit -> way != Way.HUNG || late.size() > target.settings.customers || visit.nanos() > NANOS_IN_HAND).findAny()
                .ifPresent(visit -> target.late(late.size() + " refusals came late while the database " + database + " was " + way + ", such as " + visit));
        }
        target.awaitProgress(1);
        target.say("  orders end again, " + seconds(System.nanoTime() - back) + " after it is back");
    }

    /** How many were answered what, and how long the longest took. */
    static String summary(List<Visit> visits) {
        Map<String, List<Visit>> byAnswer = visits.stream().collect(Collectors.groupingBy(visit -> visit.status() > 0 ? Integer.toString(visit.status()) : "no answer", TreeMap::new,
            Collectors.mapping(Function.identity(), Collectors.toList())));
        return byAnswer.isEmpty() ? "no requests" : byAnswer.entrySet().stream().map(answer -> answer.getValue().size() + " x " + answer.getKey() + " (longest " + longest(answer.getValue()) + ")")
            .collect(Collectors.joining(", "));
    }

    private static String longest(List<Visit> visits) {
        return seconds(visits.stream().mapToLong(Visit::nanos).max().orElse(0));
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
