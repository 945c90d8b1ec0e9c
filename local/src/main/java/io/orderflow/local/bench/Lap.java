package io.orderflow.local.bench;

import io.orderflow.local.bench.Timeline.Latency;
import io.orderflow.local.bench.Timeline.Second;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one measured part came to. Where a figure could not be read on this machine, its map is empty or it is null.
 *
 * @param seconds from the first request to the last end
 * @param acceptedPerSecond by the time to the last answer
 * @param endedPerSecond by the time to the last end
 * @param cpuPerOrder milliseconds of processor time for each order that ended, by process
 * @param cores processor seconds a second, by process
 * @param systemCpuPerOrder the same of all processes but the load generator
 * @param collectorShare how much of the Java processes' time the garbage collector took, from 0 to 1
 * @param compilerShare the same of the just-in-time compiler
 * @param foreignCores processor seconds a second that others took on this machine
 * @param peakMemory bytes by process, at the moment when they were most in total
 * @param batches orders that went through a route at a time, by route
 */
record Lap(String name, Pace pace, long accepted, long refused, long failed, long ended, double seconds, double acceptedPerSecond, double endedPerSecond, Latency endToEnd,
    Latency http, Map<String, Double> cpuPerOrder, Double systemCpuPerOrder, Map<String, Double> cores, Double collectorShare, Double compilerShare, Double foreignCores,
    Map<String, Long> peakMemory, Map<String, Double> batches, List<Second> timeline) {

    /** @param elapsed seconds between the two readings of {@code spent} */
    static Lap of(String name, Pace pace, Timeline timeline, Gauges.Reading spent, double elapsed, Map<String, Long> peakMemory, Map<String, Double> batches) {
        Map<String, Double> cpuPerOrder = new LinkedHashMap<>();
        Map<String, Double> cores = new LinkedHashMap<>();
        Double system = null;
        Double collector = null;
        Double compiler = null;
        Double foreign = null;
        long ended = timeline.ended();
        if (spent != null) {
            spent.cpu().forEach((process, millis) -> cores.put(process, millis / 1e3 / elapsed));
            foreign = spent.foreign() / 1e3 / elapsed;
            long java = spent.total() - spent.cpu().getOrDefault(Processes.POSTGRES, 0L) - spent.cpu().get(Gauges.LOAD);
            collector = java > 0 ? spent.collector() / (double) java : 0;
            compiler = java > 0 ? spent.compiler() / (double) java : 0;
            if (ended > 0) {
                spent.cpu().forEach((process, millis) -> cpuPerOrder.put(process, millis / (double) ended));
                system = (spent.total() - spent.cpu().get(Gauges.LOAD)) / (double) ended;
            }
        }
        return new Lap(name, pace, timeline.accepted(), timeline.refused(), timeline.failed(), ended, timeline.ending(), rate(timeline.accepted(), timeline.sending()),
            rate(ended, timeline.ending()), timeline.endToEnd(), timeline.http(), cpuPerOrder, system, cores, collector, compiler, foreign, peakMemory, batches,
            timeline.seconds());
    }

    private static double rate(long count, double seconds) {
        return seconds > 0 ? count / seconds : 0;
    }
}
