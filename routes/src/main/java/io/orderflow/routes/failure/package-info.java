/** What happens when a step fails: wait, park, or stop. */
package io.orderflow.routes.failure;
