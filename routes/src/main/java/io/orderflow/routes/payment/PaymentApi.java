package io.orderflow.routes.payment;

import org.apache.camel.builder.RouteBuilder;

/** The payment service's door: what can be asked of it by HTTP, and which route answers. */
class PaymentApi extends RouteBuilder {

    @Override
    public void configure() {
        rest("/payments")
            .get("/{orderId}").produces("application/json").to("direct:find-payment");
    }
}
