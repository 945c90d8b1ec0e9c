/**
 * What the system can do on this machine, measured so that a sceptic can repeat it.
 *
 * <p>{@link io.orderflow.local.bench.Bench} is the command, a {@link io.orderflow.local.bench.Scenario} what it plays on a
 * {@link io.orderflow.local.bench.Stage}: {@link io.orderflow.local.bench.Processes} run the system, {@link io.orderflow.local.bench.Load} places orders,
 * {@link io.orderflow.local.bench.Ends} hears on Kafka how they end, {@link io.orderflow.local.bench.Gauges} read what it costs, and
 * {@link io.orderflow.local.bench.Audit} tells whether anything was lost.
 */
package io.orderflow.local.bench;
