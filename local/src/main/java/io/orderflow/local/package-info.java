/**
 * The whole system on one machine, with no Docker: an embedded Kafka broker, an embedded PostgreSQL and the three apps in one process.
 *
 * <p>{@link io.orderflow.local.Local} is the command, {@link io.orderflow.local.Orderflow} what it starts and stops: {@link io.orderflow.local.Broker},
 * {@link io.orderflow.local.Postgres} and {@link io.orderflow.local.Apps}, all of whose data lies in one {@link io.orderflow.local.DataFolder}.
 */
package io.orderflow.local;
