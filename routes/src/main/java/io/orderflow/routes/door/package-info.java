/** The ways in: HTTP requests and answers, header and body limits, the login of the management port. */
package io.orderflow.routes.door;
