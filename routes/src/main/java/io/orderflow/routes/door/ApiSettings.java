package io.orderflow.routes.door;

import io.orderflow.routes.settings.CannotStart;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may ask something of the API: users with a password, bearers of a token, or both.
 *
 * @param users    logins with a password, each `name:role:password` with spaces between them; the role is `customer` or `operator`, and a password may be given as a hash such as `{bcrypt}$2a$…`
 * @param issuer   who must have issued a token; its keys are asked for there, unless they are given
 * @param audience whom a token must be for; needed where there is an issuer
 * @param keys     where the public keys that tokens are signed with can be read, as a JWK set, such as `file:/etc/orderflow/keys.json`; read once, at the start
 */
@ConfigurationProperties("orderflow.api")
public record ApiSettings(String users, String issuer, String audience, String keys) {
    private static final Pattern USER = Pattern.compile("([A-Za-z0-9._@-]{1,100}):(customer|operator):(\\S+)");

    record User(String name, Role role, String password) {
        @Override
        public String toString() {
            return name + ", " + role;
        }
    }

    /** None of these sentences repeats what was given, for there may be passwords in it. */
    public ApiSettings {
        var given = split(users);
        if (!given.stream().allMatch(user -> USER.matcher(user).matches()))
            throw new CannotStart("The setting orderflow.api.users has an entry that is not name:role:password, with a role of customer or operator and spaces between entries only: change it there, or in ORDERFLOW_API_USERS.");
        var names = new HashSet<String>();
        if (!given.stream().allMatch(user -> names.add(user.substring(0, user.indexOf(':')))))
            throw new CannotStart("The setting orderflow.api.users has the same name twice: change it there, or in ORDERFLOW_API_USERS.");
        if (given.isEmpty() && isBlank(issuer))
            throw new CannotStart("Nobody could ask anything of the API, for there are neither users nor an issuer of tokens: set orderflow.api.users (ORDERFLOW_API_USERS), or orderflow.api.issuer (ORDERFLOW_API_ISSUER) with orderflow.api.audience.");
        if (isBlank(issuer) != isBlank(audience))
            throw new CannotStart("A token must be from an issuer and for an audience, and one of these is not set: set both orderflow.api.issuer (ORDERFLOW_API_ISSUER) and orderflow.api.audience (ORDERFLOW_API_AUDIENCE), or neither.");
        if (isBlank(issuer) && !isBlank(keys))
            throw new CannotStart("There are keys of tokens, but no issuer: set orderflow.api.issuer (ORDERFLOW_API_ISSUER) and orderflow.api.audience (ORDERFLOW_API_AUDIENCE), or remove orderflow.api.keys (ORDERFLOW_API_KEYS).");
    }

    List<User> logins() {
        return split(users).stream().map(user -> {
            var parts = user.split(":", 3);
            return new User(parts[0], Role.of(parts[1]).orElseThrow(), parts[2]);
        }).toList();
    }

    boolean hasIssuer() {
        return !isBlank(issuer);
    }

    boolean hasKeys() {
        return !isBlank(keys);
    }

    private static List<String> split(String users) {
        return isBlank(users) ? List.of() : Arrays.asList(users.strip().split("\\s+"));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** Whatever prints it, prints no password. */
    @Override
    public String toString() {
        return "ApiSettings[users=" + logins() + ", issuer=" + issuer + ", audience=" + audience + ", keys=" + keys + "]";
    }
}
