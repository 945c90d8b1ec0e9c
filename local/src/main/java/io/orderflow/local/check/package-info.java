/**
 * Whether the system has kept its word, by what it left behind: rows, records, the provider's ledger and the clients' own memory.
 *
 * <p>{@link io.orderflow.local.check.CheckCommand} is the command, {@link io.orderflow.local.check.Check} what it runs on a
 * {@link io.orderflow.local.check.Deployment}: {@code Rest} waits until nothing is on its way, {@code Books} compares the databases order by
 * order, {@code Shelves} the stock, {@code Facts} the topics, and {@code Clients} what a {@link io.orderflow.local.check.ClientLog} remembers.
 *
 * <p>It shares no code with the routes: tables and topics are said again here, for they are contract, and event ids are made by the published rule.
 */
package io.orderflow.local.check;
