package io.orderflow.routes.payment;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How payments without an answer are followed up.
 *
 * @param settleEvery how often the gateway is asked about them
 * @param settleAfter how long a payment must have been pending before it is asked about
 */
@Validated
@ConfigurationProperties("orderflow.payment")
record PaymentSettings(@DefaultValue("1s") @NotNull Duration settleEvery, @DefaultValue("2s") @NotNull Duration settleAfter) {

    PaymentSettings {
        if (settleEvery != null && settleEvery.toMillis() < 1)
            throw new IllegalArgumentException("orderflow.payment.settle-every must be at least 1ms");
    }
}
