/** The kit of a step: read a batch, run a statement, send letters, park what cannot be read, commit. */
package io.orderflow.routes.batch;
