package io.orderflow.routes.order;

/** A product as it is kept now, and whether it is new. */
record KeptProduct(Product product, boolean isNew) {
}
