/** The ways in: HTTP requests, gathered into batches and answered; header and body limits; who may ask what; the login of the management port. */
package io.orderflow.routes.door;
