/** The ways in: HTTP requests, gathered into batches and answered; header and body limits; the login of the management port. */
package io.orderflow.routes.door;
