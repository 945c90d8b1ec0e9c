/** The inventory service: keeps the stock and its ledger, sets stock aside, all of an order or nothing, and gives it back. */
package io.orderflow.routes.inventory;
