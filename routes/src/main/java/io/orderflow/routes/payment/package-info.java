/** The payment service: takes money once per order, or finds out why not. */
package io.orderflow.routes.payment;
