package io.orderflow.routes.door;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who may look into a running app.
 *
 * @param username the login of the management port
 * @param password its password; there is no default, so nobody runs with one that everybody knows
 */
@Validated
@ConfigurationProperties("orderflow.management")
public record ManagementSettings(
    @NotBlank(message = "set orderflow.management.username (ORDERFLOW_MANAGEMENT_USERNAME)") String username,
    @NotBlank(message = "set orderflow.management.password (ORDERFLOW_MANAGEMENT_PASSWORD) to the password of the management port") String password) {
}
