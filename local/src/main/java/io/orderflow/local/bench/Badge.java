package io.orderflow.local.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** What the load generator shows at the door: a token of its own making, by a key that the system under load is told the public half of. */
class Badge {

    private static final String ISSUER = "urn:orderflow:bench";
    private static final String AUDIENCE = "orderflow";
    /** Longer than any benchmark. */
    private static final Duration GOOD_FOR = Duration.ofDays(7);

    private final ECKey key;

    Badge() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("bench").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has this curve", e);
        }
    }

    /** What the apps are to be told, with the key in this file. */
    Map<String, String> environment(Path file) {
        try {
            Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("ORDERFLOW_API_ISSUER", ISSUER, "ORDERFLOW_API_AUDIENCE", AUDIENCE, "ORDERFLOW_API_KEYS", file.toUri().toString());
    }

    /** As it is shown in the header {@code Authorization}; an operator orders for all of its customers. */
    String authorization() {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE)
                .subject("bench").claim("roles", List.of("operator")).expirationTime(Date.from(Instant.now().plus(GOOD_FOR))).build());
            token.sign(new ECDSASigner(key));
            return "Bearer " + token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("A key just made can sign", e);
        }
    }
}
