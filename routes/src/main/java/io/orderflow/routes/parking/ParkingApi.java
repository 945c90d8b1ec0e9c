package io.orderflow.routes.parking;

import org.apache.camel.builder.RouteBuilder;

/** The parking desk's door: what an operator can ask of it by HTTP, and which route answers. */
class ParkingApi extends RouteBuilder {

    @Override
    public void configure() {
        rest("/parked")
            .get().produces("application/json").to("direct:find-parked-records")
            .get("/{id}").produces("application/json").to("direct:find-parked-record")
            .post("/replay").consumes("application/json").produces("application/json").to("direct:replay-all-parked")
            .post("/discard").consumes("application/json").produces("application/json").to("direct:discard-all-parked")
            .post("/{id}/replay").produces("application/json").to("direct:replay-parked")
            .post("/{id}/discard").consumes("application/json").produces("application/json").to("direct:discard-parked");
    }
}
