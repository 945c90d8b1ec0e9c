/** The kit of a step: read a batch, run a statement, send letters, commit. */
package io.orderflow.routes.batch;
