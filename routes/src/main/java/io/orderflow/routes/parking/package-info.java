/** The parking desk: keeps what the steps of the flow could not use, and lets an operator look at it, try it again, or throw it away. */
package io.orderflow.routes.parking;
