package io.orderflow.routes.door;

import org.apache.camel.Exchange;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks, as the guard has found out; it is kept where no header of a request can get to. */
public record Who(String name, boolean isOperator) {
    /** The property of the exchange that holds it. */
    public static final String PROPERTY = "who";

    private static final String OPERATOR = "ROLE_" + Role.OPERATOR.name();

    /** Takes down who has passed the guard with the request that this thread is serving. */
    static void note(Exchange exchange) {
        var login = SecurityContextHolder.getContext().getAuthentication();
        if (login != null)
            exchange.setProperty(PROPERTY, new Who(login.getName(), login.getAuthorities().stream().anyMatch(authority -> OPERATOR.equals(authority.getAuthority()))));
    }

    /** By which name whoever asks is known. */
    public static String asking(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Who.class).name;
    }

    /** Is it their own business, or theirs by office? */
    public boolean mayActFor(String customer) {
        return isOperator || name.equals(customer);
    }
}
