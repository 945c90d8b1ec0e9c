package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orderflow.routes.EveryRoute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The door of an app that has an issuer, and no users. */
@EveryRoute
class TokenDoorTest {
    private static final String ISSUER = "https://login.example";

    @TempDir
    static Path folder;

    private static RSAKey key;

    @Autowired
    FilterChainProxy guard;

    @DynamicPropertySource
    static void onlyTokens(DynamicPropertyRegistry settings) throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        var keys = Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
        settings.add("orderflow.api.users", () -> "");
        settings.add("orderflow.api.issuer", () -> ISSUER);
        settings.add("orderflow.api.audience", () -> "orderflow");
        settings.add("orderflow.api.keys", () -> keys.toUri().toString());
    }

    private static String token(String audience, String... roles) throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), new JWTClaimsSet.Builder().issuer(ISSUER).audience(audience).subject("ann")
            .claim("roles", List.of(roles)).expirationTime(Date.from(Instant.now().plusSeconds(600))).build());
        token.sign(new RSASSASigner(key));
        return "Bearer " + token.serialize();
    }

    /** What is answered, and 0 where it is let in. */
    private int ask(MockHttpServletResponse response, String method, String path, String authorization) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.addHeader("Accept", "application/json");
        if (authorization != null)
            request.addHeader("Authorization", authorization);
        var inside = new MockFilterChain();
        guard.doFilter(request, response, inside);
        if (inside.getRequest() != null)
            return 0;
        if (!path.startsWith("/actuator"))
            assertThat(JSON.readValue(response.getContentAsByteArray(), Problem.class).status()).isEqualTo(response.getStatus());
        return response.getStatus();
    }

    private int ask(String method, String path, String authorization) throws Exception {
        return ask(new MockHttpServletResponse(), method, path, authorization);
    }

    @Test
    void letsInWhoeverTheTokenSaysToWhatTheirRoleMayAsk() throws Exception {
        assertThat(ask("GET", "/orders", token("orderflow", "customer"))).isZero();
        assertThat(ask("PUT", "/products/TEAPOT", token("orderflow", "operator"))).isZero();
        assertThat(ask("PUT", "/products/TEAPOT", token("orderflow", "customer"))).isEqualTo(403);
        assertThat(ask("GET", "/orders", token("orderflow"))).isEqualTo(403);
        assertThat(ask("GET", "/orders", token("orderflow", "OPS", "admin"))).isEqualTo(403);
    }

    @Test
    void tellsWhoeverShowsNoneOrABadOneHowToLogIn() throws Exception {
        var none = new MockHttpServletResponse();
        assertThat(ask(none, "GET", "/orders", null)).isEqualTo(401);
        assertThat(none.getHeaders("WWW-Authenticate")).containsExactly("Bearer realm=\"orderflow\"");

        for (var bad : List.of(token("another", "operator"), "Bearer x", "Bearer ", token("orderflow", "operator") + "x")) {
            var answer = new MockHttpServletResponse();
            assertThat(ask(answer, "GET", "/orders", bad)).as(bad).isEqualTo(401);
            assertThat(answer.getHeaders("WWW-Authenticate")).as(bad).containsExactly("Bearer realm=\"orderflow\", error=\"invalid_token\"");
        }
        assertThat(ask("GET", "/orders", "Basic Y2xlcms6c2VjcmV0LTI=")).isEqualTo(401);
    }

    @Test
    void takesATokenFromNoOtherPlace() throws Exception {
        var request = new MockHttpServletRequest("GET", "/orders");
        request.setServletPath("/orders");
        request.setQueryString("access_token=" + token("orderflow", "operator").substring(7));
        request.addParameter("access_token", token("orderflow", "operator").substring(7));
        var response = new MockHttpServletResponse();
        guard.doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(401);
    }

    @Test
    void aTokenDoesNotOpenTheManagementPort() throws Exception {
        assertThat(ask("GET", "/actuator/jolokia", token("orderflow", "operator", "OPS"))).isEqualTo(401);
    }
}
