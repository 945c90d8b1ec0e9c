package io.orderflow.routes.order;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the order service takes on.
 *
 * @param backlog how many orders may be on their way before new ones are kept waiting; with twice as many, each batch of new orders waits 100 ms
 */
@Validated
@ConfigurationProperties("orderflow.order")
record OrderSettings(@DefaultValue("2000") @Min(value = 1, message = "must be at least {value}") int backlog) {
}
