/** How a change that no redelivery stands behind is published all the same. */
package io.orderflow.routes.outbox;
