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

    private final Target target;
    private final Map<Point, Integer> deaths = new ConcurrentHashMap<>();

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
        target.say(target.ended() - before + " orders ended meanwhile; died " + Arrays.stream(Point.values()).map(point -> deaths.getOrDefault(point, 0) + " times " + point)
            .collect(Collectors.joining(", ")));
    }

    private void strike(Service service, Random lot) {
        target.app(service).kill();
        for (int round = target.settings.rounds(ROUNDS); round > 0; round--) {
            List<Point> points = new ArrayList<>(Arrays.stream(Point.values()).filter(point -> point.service == service).toList());
            Collections.shuffle(points, lot);
            points.stream().limit(target.settings.points > 0 ? target.settings.points : points.size()).forEach(point -> strike(point, lot));
        }
        // The others' points are not reached without it.
        target.start(service);
    }

    private void strike(Point point, Random lot) {
        Child app = target.start(point.service, point.options(2 + lot.nextInt(MOST_PASSES - 1)));
        OptionalInt end = app.awaitEnd(target.settings.patience);
        if (end.isPresent() && end.getAsInt() == FailPoint.HALTED) {
            deaths.merge(point, 1, Integer::sum);
            target.say("died at " + point);
        } else {
            app.kill();
            target.complain("the app never came to " + point + (end.isPresent() ? ", and ended with " + end.getAsInt() : "") + "; its log is " + app.log());
        }
    }
}
