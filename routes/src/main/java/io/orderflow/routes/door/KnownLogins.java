package io.orderflow.routes.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Checks a password or token once and remembers what came of it, for a check costs more than all the rest of a request. What is
 * remembered is the digest of what was shown, never that itself; it is forgotten after some minutes, and a token at the latest when it expires. A "no" is
 * remembered for seconds, so that a wrong password sent over and over costs little. Different ones are checked one at a time, and
 * where many wait for that, the next is told to come again: whoever guesses gets one core at most.
 */
class KnownLogins implements AuthenticationManager {
    private static final int MOST = 10_000;
    private static final Duration KNOWN = Duration.ofMinutes(5);
    private static final Duration REFUSED = Duration.ofSeconds(10);
    private static final int FULL = 8;

    private final AuthenticationManager checker;
    private final Semaphore passwordCheck = new Semaphore(1, true);
    private final Cache<String, Verdict> verdicts = Caffeine.newBuilder().maximumSize(MOST).expireAfter(Expiry.writing((String digest, Verdict verdict) -> verdict.goodFor())).build();

    KnownLogins(AuthenticationManager checker) {
        this.checker = checker;
    }

    /** Either who it is, or why not. */
    private record Verdict(Authentication login, AuthenticationException refusal) {
        Duration goodFor() {
            if (refusal != null)
                return REFUSED;
            if (!(login instanceof JwtAuthenticationToken token))
                return KNOWN;
            var left = Duration.between(Instant.now(), token.getToken().getExpiresAt());
            return left.isNegative() ? Duration.ZERO : left.compareTo(KNOWN) < 0 ? left : KNOWN;
        }
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        var verdict = verdicts.get(digest(shown), unknown -> check(shown));
        if (verdict.refusal != null)
            throw verdict.refusal;
        return verdict.login;
    }

    /** That a check cannot be done now is no verdict. */
    private Verdict check(Authentication shown) {
        try {
            return new Verdict(shown instanceof BearerTokenAuthenticationToken ? checker.authenticate(shown) : oneAtATime(shown), null);
        } catch (AuthenticationServiceException | JwtDecoderInitializationException e) {
            throw new CannotTellNow(e);
        } catch (CannotTellNow e) {
            throw e;
        } catch (AuthenticationException e) {
            return new Verdict(null, e);
        }
    }

    private Authentication oneAtATime(Authentication shown) {
        if (passwordCheck.getQueueLength() >= FULL)
            throw new CannotTellNow(null);
        passwordCheck.acquireUninterruptibly();
        try {
            return checker.authenticate(shown);
        } finally {
            passwordCheck.release();
        }
    }

    /** A name cannot have a colon in it. */
    private static String digest(Authentication shown) {
        var all = shown instanceof BearerTokenAuthenticationToken bearer ? "Bearer " + bearer.getToken() : "Basic " + shown.getName() + ":" + shown.getCredentials();
        try {
            return new String(MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8)), ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }

    /** Nobody is to blame but the circumstances: too many ask at once, or the issuer of tokens is away. */
    static class CannotTellNow extends AuthenticationException {
        CannotTellNow(Throwable cause) {
            super("It cannot be told at the moment who this is", cause);
        }
    }
}
