package io.orderflow.routes.inventory;

/** How much of a SKU is on hand, and of that how much is reserved for orders and how much available to them. */
record StockItem(String sku, long onHand, long reserved, long available) {
}
