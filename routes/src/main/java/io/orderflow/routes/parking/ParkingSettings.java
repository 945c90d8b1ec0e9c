package io.orderflow.routes.parking;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the parking desk remembers.
 *
 * @param keepDecided how long a parked record is kept after it was replayed or discarded; longer than its topic has it, or a group that reads the topic anew would park it again: for 14 days, and up to 7 more until its segment is closed
 */
@Validated
@ConfigurationProperties("orderflow.parking")
record ParkingSettings(@DefaultValue("30d") @DurationMin(days = 22, message = "must be at least {days}d") Duration keepDecided) {
}
