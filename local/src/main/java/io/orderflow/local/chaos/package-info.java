/**
 * What becomes of the system when its apps die, what it stands on fails and what it is told is bad, so that a sceptic can repeat it.
 *
 * <p>{@link io.orderflow.local.chaos.Chaos} is the command, a {@link io.orderflow.local.chaos.Fault} what it does to a
 * {@link io.orderflow.local.chaos.Target}, which runs in processes of its own, while {@link io.orderflow.local.chaos.Customers} place orders. Apps
 * die at a {@link io.orderflow.local.chaos.Point} from outside, by {@link io.orderflow.local.chaos.FailPoint}; the databases are reached through a
 * {@link io.orderflow.local.chaos.Proxy}.
 */
package io.orderflow.local.chaos;
