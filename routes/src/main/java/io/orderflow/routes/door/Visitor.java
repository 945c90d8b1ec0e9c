package io.orderflow.routes.door;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks, for whatever is to be remembered under a name. */
public final class Visitor {
    /** Where a door lets in everybody. */
    public static final String ANONYMOUS = "anonymous";

    private Visitor() {
    }

    /** The name that the guard knows a caller by; only while the server's own thread has the request, so it is the first thing to ask for. */
    public static String name() {
        var login = SecurityContextHolder.getContext().getAuthentication();
        return login == null || login instanceof AnonymousAuthenticationToken ? ANONYMOUS : login.getName();
    }
}
