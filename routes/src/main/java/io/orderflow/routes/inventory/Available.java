package io.orderflow.routes.inventory;

/** How much of a SKU is there to give; one that is not listed does not exist. */
record Available(String sku, long available) {
}
