package io.orderflow.routes.door;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who may look into a running app.
 *
 * @param username login of the management port
 * @param password password of the management port; there is no default, so nobody runs with one that everybody knows
 */
@Validated
@ConfigurationProperties("orderflow.management")
public record ManagementSettings(
    @NotBlank(message = "must be the login of the management port") String username,
    @NotBlank(message = "must be the password of the management port") String password) {
}
