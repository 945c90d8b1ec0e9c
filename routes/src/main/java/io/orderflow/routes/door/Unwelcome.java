package io.orderflow.routes.door;

import io.orderflow.routes.door.Admissions.Admission;
import io.orderflow.routes.door.KnownLogins.CannotTellNow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells whoever is not let in why: a stranger, how to log in; one whom we know, that this is not theirs to ask, or that there is nothing of the kind. */
class Unwelcome implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final List<Admission> admissions;
    private final ApiSettings settings;

    Unwelcome(List<Admission> admissions, ApiSettings settings) {
        this.admissions = admissions;
        this.settings = settings;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason) throws IOException {
        if (reason instanceof CannotTellNow) {
            Problem.unavailable().writeTo(response);
            return;
        }
        if (!settings.logins().isEmpty())
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orderflow\", charset=\"UTF-8\"");
        if (settings.hasIssuer())
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"orderflow\"" + (reason instanceof OAuth2AuthenticationException ? ", error=\"invalid_token\"" : ""));
        Problem.of(401, "Unauthorized", "Log in to ask this", List.of()).writeTo(response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason) throws IOException {
        var methods = new TreeSet<String>();
        for (var admission : admissions)
            if (admission.place().matches(request)) {
                if (admission.method() == null || admission.method().matches(request.getMethod())) {
                    Problem.forbidden("This is not for you to ask").writeTo(response);
                    return;
                }
                methods.add(admission.method().name());
            }
        if (methods.isEmpty()) {
            Problem.notFound("There is nothing here").writeTo(response);
            return;
        }
        response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        Problem.of(405, "Method Not Allowed", "This cannot be done here", List.of()).writeTo(response);
    }
}
