package io.orderflow.routes.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.routes.door.KnownLogins.CannotTellNow;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class KnownLoginsTest {
    private final AtomicInteger checks = new AtomicInteger();
    private final KnownLogins logins = new KnownLogins(this::check);

    private Authentication check(Authentication shown) {
        checks.incrementAndGet();
        if (!"right".equals(shown.getCredentials()))
            throw new BadCredentialsException("wrong");
        return UsernamePasswordAuthenticationToken.authenticated(shown.getName(), null, List.of());
    }

    private static Authentication password(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }

    @Test
    void checksAPasswordOnceHoweverOftenItIsShown() {
        for (var n = 0; n < 100; n++)
            assertThat(logins.authenticate(password("ann", "right")).getName()).isEqualTo("ann");

        assertThat(checks).hasValue(1);
    }

    @Test
    void neverTakesAWrongPasswordForTheRightOneThatWasShownBefore() {
        logins.authenticate(password("ann", "right"));

        assertThatThrownBy(() -> logins.authenticate(password("ann", "wrong"))).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> logins.authenticate(password("ann", "right "))).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> logins.authenticate(password("ann", ""))).isInstanceOf(BadCredentialsException.class);
        assertThat(logins.authenticate(password("ann", "right")).getName()).isEqualTo("ann");
        assertThat(logins.authenticate(password("bob", "right")).getName()).isEqualTo("bob");
        assertThat(checks).hasValue(5);
    }

    @Test
    void aPasswordIsNoTokenAndATokenIsNoPassword() {
        logins.authenticate(password("ann", "right"));

        assertThatThrownBy(() -> logins.authenticate(new BearerTokenAuthenticationToken("ann:right"))).isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void sparesItselfTheSameWrongPasswordOverAndOver() {
        for (var n = 0; n < 100; n++)
            assertThatThrownBy(() -> logins.authenticate(password("ann", "wrong"))).isInstanceOf(BadCredentialsException.class);

        assertThat(checks).hasValue(1);
        assertThat(logins.authenticate(password("ann", "right")).getName()).isEqualTo("ann");
    }

    @Test
    void doesNotRememberThatItCouldNotTell() {
        var away = new AtomicInteger(1);
        var logins = new KnownLogins(shown -> {
            if (away.getAndDecrement() > 0)
                throw new AuthenticationServiceException("the issuer is away");
            return check(shown);
        });

        assertThatThrownBy(() -> logins.authenticate(password("ann", "right"))).isInstanceOf(CannotTellNow.class);
        assertThat(logins.authenticate(password("ann", "right")).getName()).isEqualTo("ann");
    }

    /** Whoever guesses passwords keeps one core busy and no more, and all that wait beyond a few are sent away at once. */
    @Test
    void checksOnePasswordAtATimeAndLetsNoCrowdWait() throws Exception {
        var open = new CountDownLatch(1);
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var logins = new KnownLogins(shown -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                atOnce.decrementAndGet();
            }
            return check(shown);
        });
        var guessers = Executors.newCachedThreadPool();
        try {
            var guesses = IntStream.range(0, 40).<Callable<Authentication>>mapToObj(n -> () -> logins.authenticate(password("ann", "guess " + n))).map(guessers::submit).toList();

            await().until(() -> guesses.stream().filter(Future::isDone).count() >= 20);
            open.countDown();
            assertThat(guesses.stream().map(KnownLoginsTest::failure)).hasAtLeastOneElementOfType(BadCredentialsException.class).hasAtLeastOneElementOfType(CannotTellNow.class);
            assertThat(most).hasValue(1);
        } finally {
            open.countDown();
            guessers.shutdown();
        }
    }

    private static Throwable failure(Future<?> guess) {
        try {
            guess.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
