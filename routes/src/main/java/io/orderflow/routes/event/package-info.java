/** What happened to an order, told once and never changed; knows nothing but Java. */
package io.orderflow.routes.event;
