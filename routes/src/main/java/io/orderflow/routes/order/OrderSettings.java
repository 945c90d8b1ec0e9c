package io.orderflow.routes.order;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the order service takes on.
 *
 * @param backlog how many orders may be on their way before new ones are kept waiting; with twice as many, each batch of new orders waits 100 ms
 * @param keepKeys how long the answer to a request with an Idempotency-Key is kept for whoever asks again
 */
@Validated
@ConfigurationProperties("orderflow.order")
record OrderSettings(
    @DefaultValue("5000") @Min(value = 1, message = "must be at least {value}") int backlog,
    @DefaultValue("48h") @DurationMin(hours = 24, message = "must be at least {hours}h") Duration keepKeys) {
}
