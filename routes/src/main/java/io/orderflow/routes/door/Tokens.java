package io.orderflow.routes.door;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.orderflow.routes.settings.CannotStart;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.ResourceUtils;
import org.springframework.web.client.RestTemplate;

/**
 * Says who the bearer of a token is: its subject, in the roles of its claim {@code roles}. It must be signed with a key of the issuer,
 * by RSA or elliptic curves, be from that issuer and for this audience, and be good at this time.
 */
class Tokens {
    static final String ROLES = "roles";
    /** What two clocks may differ by. */
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String NAME = "(?=.*\\S)[^\\p{C}]{1,100}";

    private Tokens() {
    }

    static JwtAuthenticationProvider provider(ApiSettings settings) {
        var provider = new JwtAuthenticationProvider(settings.hasKeys() ? byKeys(settings) : new SupplierJwtDecoder(() -> byIssuer(settings)));
        provider.setJwtAuthenticationConverter(converter());
        return provider;
    }

    /** Asked for the first time a token is shown, so that an app starts without its issuer. */
    private static JwtDecoder byIssuer(ApiSettings settings) {
        var client = new SimpleClientHttpRequestFactory();
        client.setConnectTimeout(PATIENCE);
        client.setReadTimeout(PATIENCE);
        return checking(NimbusJwtDecoder.withIssuerLocation(settings.issuer()).restOperations(new RestTemplate(client)).jwsAlgorithms(all -> all.addAll(List.of(SignatureAlgorithm.values()))).build(), settings);
    }

    private static JwtDecoder byKeys(ApiSettings settings) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.copyOf(JWSAlgorithm.Family.SIGNATURE), new ImmutableJWKSet<>(keys(settings.keys()))));
        // Checked below, with the messages of Spring.
        processor.setJWTClaimsSetVerifier((claims, context) -> { });
        return checking(new NimbusJwtDecoder(processor), settings);
    }

    private static JWKSet keys(String location) {
        try {
            URL place = ResourceUtils.getURL(location);
            try (var file = place.openStream()) {
                var keys = JWKSet.load(file).toPublicJWKSet();
                if (!keys.isEmpty())
                    return keys;
            }
            throw new CannotStart("There is no public key in the JWK set at " + location + ": change that, or orderflow.api.keys (ORDERFLOW_API_KEYS).");
        } catch (IOException | ParseException e) {
            throw new CannotStart("The keys of tokens cannot be read at " + location + " as a JWK set (" + e.getMessage() + "): change that, or orderflow.api.keys (ORDERFLOW_API_KEYS).", e);
        }
    }

    private static JwtDecoder checking(NimbusJwtDecoder decoder, ApiSettings settings) {
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(SKEW), new JwtIssuerValidator(settings.issuer()),
            new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
            new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(settings.audience())),
            new JwtClaimValidator<String>(JwtClaimNames.SUB, name -> name != null && name.matches(NAME))));
        return decoder;
    }

    /** Of the roles in a token, those that we know. */
    private static Converter<Jwt, AbstractAuthenticationToken> converter() {
        return token -> new JwtAuthenticationToken(token, (token.getClaim(ROLES) instanceof List<?> roles ? roles.stream() : Stream.of())
            .map(String::valueOf).map(Role::of).flatMap(Optional::stream).map(role -> new SimpleGrantedAuthority("ROLE_" + role.name())).toList());
    }
}
