package io.orderflow.routes.payment;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How payments without an answer are followed up.
 *
 * @param settleEvery how often the gateway is asked about payments without an answer
 * @param settleAfter how long a payment must have been pending before the gateway is asked about it
 */
@Validated
@ConfigurationProperties("orderflow.payment")
record PaymentSettings(
    @DefaultValue("1s") @DurationMin(millis = 1, message = "must be at least {millis}ms") Duration settleEvery,
    @DefaultValue("2s") @DurationMin(millis = 0, message = "must be at least {millis}ms") Duration settleAfter) {
}
