package io.orderflow.routes.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.orderflow.routes.door.KnownLogins.CannotTellNow;
import io.orderflow.routes.settings.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class TokensTest {
    private static final String ISSUER = "https://login.example";
    private static final String AUDIENCE = "orderflow";

    @TempDir
    static Path folder;

    private static RSAKey rsa;
    private static ECKey ec;
    private static KnownLogins logins;

    @BeforeAll
    static void giveTheKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        var keys = Files.writeString(folder.resolve("keys.json"), new JWKSet(List.of(rsa, ec)).toString(true));
        logins = new KnownLogins(new ProviderManager(Tokens.provider(new ApiSettings(null, ISSUER, AUDIENCE, keys.toUri().toString()))));
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE).subject("ann").claim("roles", List.of("customer")).expirationTime(at(60));
        change.accept(claims);
        return claims.build();
    }

    private static Date at(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String byRsa(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa), claims(change));
    }

    private static Authentication show(String token) {
        return logins.authenticate(new BearerTokenAuthenticationToken(token));
    }

    private static List<String> roles(Authentication login) {
        return login.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
    }

    @Test
    void aGoodTokenSaysWhoItIsAndInWhichRole() throws Exception {
        assertThat(show(byRsa(same -> { }))).satisfies(login -> {
            assertThat(login.getName()).isEqualTo("ann");
            assertThat(roles(login)).containsExactly("ROLE_CUSTOMER");
        });
        assertThat(show(signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec), claims(claims -> claims.subject("boss").claim("roles", List.of("operator")))))).satisfies(login -> {
            assertThat(login.getName()).isEqualTo("boss");
            assertThat(roles(login)).containsExactly("ROLE_OPERATOR");
        });
        assertThat(show(byRsa(claims -> claims.audience(List.of("another", AUDIENCE)))).getName()).isEqualTo("ann");
    }

    @Test
    void aRoleThatWeDoNotKnowIsNone() throws Exception {
        assertThat(roles(show(byRsa(claims -> claims.claim("roles", List.of("OPS", "ROLE_OPERATOR", "OPERATOR", "admin")))))).isEmpty();
        assertThat(roles(show(byRsa(claims -> claims.claim("roles", "operator"))))).isEmpty();
        assertThat(roles(show(byRsa(claims -> claims.claim("roles", null).claim("scope", "operator"))))).isEmpty();
        assertThat(roles(show(byRsa(claims -> claims.claim("roles", Map.of("operator", true)))))).isEmpty();
    }

    static Stream<Arguments> badTokens() throws Exception {
        var stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
        var secret = new MACSigner(rsa.toPublicJWK().toJSONString().getBytes());
        return Stream.of(
            Arguments.of("of another issuer", byRsa(claims -> claims.issuer("https://other.example"))),
            Arguments.of("of no issuer", byRsa(claims -> claims.issuer(null))),
            Arguments.of("for another audience", byRsa(claims -> claims.audience("another"))),
            Arguments.of("for no audience", byRsa(claims -> claims.audience((String) null))),
            Arguments.of("expired", byRsa(claims -> claims.expirationTime(at(-60)))),
            Arguments.of("without end", byRsa(claims -> claims.expirationTime(null))),
            Arguments.of("not good yet", byRsa(claims -> claims.notBeforeTime(at(60)))),
            Arguments.of("of nobody", byRsa(claims -> claims.subject(null))),
            Arguments.of("of somebody who cannot be printed", byRsa(claims -> claims.subject("ann\r\n"))),
            Arguments.of("signed by a stranger", signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(stranger), claims(same -> { }))),
            Arguments.of("signed with the public key as a secret", signed(JWSAlgorithm.HS256, "rsa", secret, claims(same -> { }))),
            Arguments.of("not signed", new PlainJWT(claims(same -> { })).serialize()),
            Arguments.of("changed", byRsa(same -> { }).replaceFirst("\\.[^.]+\\.", "." + claims(claims -> claims.subject("boss")).toPayload().toBase64URL() + ".")),
            Arguments.of("without its signature", byRsa(same -> { }).replaceFirst("[^.]+$", "")),
            Arguments.of("no token at all", "x"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenIsNotTakenThatIs(String kind, String token) {
        assertThatThrownBy(() -> show(token)).isInstanceOf(AuthenticationException.class).isNotInstanceOf(CannotTellNow.class);
        assertThatThrownBy(() -> show(token)).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void aTokenIsRememberedForAsLongAsItIsGoodAndNoLonger() throws Exception {
        var token = byRsa(claims -> claims.expirationTime(at(-8)));

        // Within what clocks may differ by; so it is still taken, but looked at each time.
        assertThat(show(token).getName()).isEqualTo("ann");
        await().untilAsserted(() -> assertThatThrownBy(() -> show(token)).isInstanceOf(AuthenticationException.class));
    }

    @Test
    void anIssuerThatIsAwayIsNobodysFault() {
        var away = new KnownLogins(new ProviderManager(Tokens.provider(new ApiSettings(null, "http://127.0.0.1:1", AUDIENCE, null))));

        assertThatThrownBy(() -> away.authenticate(new BearerTokenAuthenticationToken(byRsa(same -> { })))).isInstanceOf(CannotTellNow.class);
    }

    @Test
    void keysThatCannotBeReadStopTheStartWithASentence() throws IOException {
        var secret = Files.writeString(folder.resolve("secret.json"), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}");
        var broken = Files.writeString(folder.resolve("broken.json"), "no json");

        for (var keys : List.of(secret, broken, folder.resolve("missing.json")))
            assertThatThrownBy(() -> Tokens.provider(new ApiSettings(null, ISSUER, AUDIENCE, keys.toUri().toString()))).isInstanceOf(CannotStart.class).hasMessageContaining("orderflow.api.keys");
    }
}
