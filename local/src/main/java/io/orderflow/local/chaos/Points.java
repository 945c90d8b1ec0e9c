package io.orderflow.local.chaos;

import io.orderflow.local.Service;
import io.orderflow.local.Together;
import io.orderflow.local.bench.Child;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Apps die at named points: the three at the same time, each from point to point. */
class Points {

    private static final int ROUNDS = 50;
    /** So many times a step is passed, at most, before its app dies there: above one, for there must be progress. */
    private static final int MOST_PASSES = 6;
    /** An app that is told to stop may have nothing in hand. */
    private static final int TRIES_WHILE_DRAINING = 5;

    private final Target target;
    private final Map<Point, Integer> hits = new ConcurrentHashMap<>();

    private Points(Target target) {
        this.target = target;
    }

    static void strike(Target target) {
        new Points(target).strike();
    }

    private void strike() {
        long before = target.ended();
        Map<Service, Random> lots = new EnumMap<>(Service.class);
        Arrays.stream(Service.values()).forEach(service -> lots.put(service, new Random(target.random.nextLong())));
        try (Customers customers = target.customers()) {
            target.awaitProgress(target.settings.orders());
            Together.run(Arrays.stream(Service.values()).map(service -> (Runnable) () -> strike(service, lots.get(service))).toList());
            target.awaitProgress(target.settings.orders());
        }
        target.say(target.ended() - before + " orders ended meanwhile; died " + Arrays.stream(Point.values()).map(point -> hits.getOrDefault(point, 0) + " times " + point)
            .collect(Collectors.joining(", ")));
    }

    private void strike(Service service, Random lot) {
        target.app(service).kill();
        for (int round = target.settings.rounds(ROUNDS); round > 0; round--) {
            List<Point> points = new ArrayList<>(Arrays.stream(Point.values()).filter(point -> point.service == service).toList());
            Collections.shuffle(points, lot);
            points.forEach(point -> strike(point, lot));
        }
        // The others' points are not reached without it.
        target.start(service);
    }

    private void strike(Point point, Random lot) {
        for (int tries = point.draining ? TRIES_WHILE_DRAINING : 1; tries > 0; tries--) {
            Child app = target.start(point.service, point.options(point.draining ? 1 : 2 + lot.nextInt(MOST_PASSES - 1)));
            if (point.draining) {
                app.awaitReady();
                target.awaitProgress(1 + lot.nextInt(target.settings.orders()));
                app.terminate();
            }
            OptionalInt end = app.awaitEnd(target.settings.patience);
            if (end.isPresent() && end.getAsInt() == FailPoint.HALTED) {
                hits.merge(point, 1, Integer::sum);
                target.say("died at " + point);
                return;
            }
            if (end.isEmpty()) {
                app.kill();
            }
            if (!point.draining || end.isEmpty()) {
                target.complain("the app never came to " + point + (end.isEmpty() ? "" : ", and ended with " + end.getAsInt()) + "; its log is " + app.log());
                return;
            }
        }
        target.say("had nothing in hand at " + point);
    }
}
