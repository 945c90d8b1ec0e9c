/** What happens when a step fails. */
package io.orderflow.routes.failure;
