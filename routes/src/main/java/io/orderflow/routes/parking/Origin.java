package io.orderflow.routes.parking;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Where a record was before it was parked, as far as it says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Origin(String topic, String partition, String offset) {
}
