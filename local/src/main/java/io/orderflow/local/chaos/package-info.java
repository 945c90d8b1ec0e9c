/**
 * What becomes of the system when everything that can go wrong does, so that a sceptic can repeat it.
 *
 * <p>{@link io.orderflow.local.chaos.Chaos} is the command, a {@link io.orderflow.local.chaos.Fault} what it does to a
 * {@link io.orderflow.local.chaos.Target}, which runs in processes of its own, while {@link io.orderflow.local.chaos.Customers} place orders. Apps
 * are stopped at a {@link io.orderflow.local.chaos.Point} from outside, by {@link io.orderflow.local.chaos.FailPoint}; databases are reached through
 * a {@link io.orderflow.local.chaos.Proxy}.
 */
package io.orderflow.local.chaos;
