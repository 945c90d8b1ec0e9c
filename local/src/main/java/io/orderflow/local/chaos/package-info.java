/**
 * What becomes of the system when its apps die under it, so that a sceptic can repeat it.
 *
 * <p>{@link io.orderflow.local.chaos.Chaos} is the command, a {@link io.orderflow.local.chaos.Fault} what it does to a
 * {@link io.orderflow.local.chaos.Target}, which runs in processes of its own, while {@link io.orderflow.local.chaos.Customers} place orders.
 */
package io.orderflow.local.chaos;
