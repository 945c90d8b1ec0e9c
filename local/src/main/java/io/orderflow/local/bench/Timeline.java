package io.orderflow.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What is seen from outside while a part is measured: answers and ends, second by second and in total. Latencies are recorded in microseconds. */
class Timeline {

    private static final int DIGITS = 3;

    /**
     * One second of it.
     *
     * @param p50 half of the orders that ended in it took less, in milliseconds from when they were due; null when none ended
     * @param waiting orders that were accepted and had not ended when it was over
     */
    record Second(int second, long accepted, long ended, Double p50, Double p99, long waiting) {
    }

    private final long begin = System.nanoTime();
    private final Recorder ends = new Recorder(DIGITS);
    private final Recorder answers = new Recorder(DIGITS);
    private final Histogram allEnds = new Histogram(DIGITS);
    private final Histogram allAnswers = new Histogram(DIGITS);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAccumulator lastAnswer = new LongAccumulator(Math::max, 0);
    private final LongAccumulator lastEnd = new LongAccumulator(Math::max, 0);
    private final List<Second> seconds = new ArrayList<>();
    private long acceptedBefore;

    /** A request was answered, {@code nanos} after it was due, and so many orders were accepted by that. */
    void answered(long nanos, int orders) {
        answers.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
        accepted.add(orders);
        lastAnswer.accumulate(System.nanoTime() - begin);
    }

    /** An order ended, {@code nanos} after it was due. */
    void ended(long nanos) {
        ends.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
        lastEnd.accumulate(System.nanoTime() - begin);
    }

    /** So many orders were not taken on, and their customers told to come again. */
    void refused(int orders) {
        refused.add(orders);
    }

    /** A request was not answered, or with something that does not become a shop that is open. */
    void notServed() {
        failed.increment();
    }

    /** Closes a second; to be called by one thread, once a second. */
    synchronized Second tick() {
        Histogram ended = ends.getIntervalHistogram();
        allEnds.add(ended);
        allAnswers.add(answers.getIntervalHistogram());
        long acceptedNow = accepted.sum();
        Second second = new Second(seconds.size() + 1, acceptedNow - acceptedBefore, ended.getTotalCount(), percentile(ended, 50), percentile(ended, 99),
            Math.max(0, acceptedNow - allEnds.getTotalCount()));
        acceptedBefore = acceptedNow;
        seconds.add(second);
        return second;
    }

    private static Double percentile(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? null : Double.valueOf(histogram.getValueAtPercentile(percentile) / 1e3);
    }

    synchronized List<Second> seconds() {
        return List.copyOf(seconds);
    }

    synchronized Latency endToEnd() {
        return Latency.of(allEnds);
    }

    synchronized Latency http() {
        return Latency.of(allAnswers);
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    long failed() {
        return failed.sum();
    }

    synchronized long ended() {
        return allEnds.getTotalCount();
    }

    /** Seconds from the beginning to the last answer. */
    double sending() {
        return lastAnswer.get() / 1e9;
    }

    /** Seconds from the beginning to the last end. */
    double ending() {
        return lastEnd.get() / 1e9;
    }

    /** In milliseconds; each but the last is at most 0.1 % off. */
    record Latency(double p50, double p90, double p99, double max) {

        static Latency of(Histogram histogram) {
            return new Latency(histogram.getValueAtPercentile(50) / 1e3, histogram.getValueAtPercentile(90) / 1e3, histogram.getValueAtPercentile(99) / 1e3,
                histogram.getMaxValue() / 1e3);
        }
    }
}
