package io.orderflow.routes.event;

/** What inventory answers to a placed order: every line of it is set aside, or none. */
public sealed interface StockAnswer extends Event permits InventoryReserved, InventoryFailed {
}
