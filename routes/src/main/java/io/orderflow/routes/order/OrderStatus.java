package io.orderflow.routes.order;

/** Where an order stands. */
enum OrderStatus { PENDING, PAID, REJECTED, PAYMENT_FAILED }
