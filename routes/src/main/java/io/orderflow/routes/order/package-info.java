/** The order service: takes orders in and is the arbiter of what becomes of them. */
package io.orderflow.routes.order;
