package io.orderflow.routes.door;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may ask what of a service, one by one. What stands in none of these is asked in vain. */
public class Admissions {
    private final List<Admission> all = new ArrayList<>();

    /**
     * One thing that may be asked.
     *
     * @param method null for any
     * @param roles  nobody needs to have one where there is none
     */
    record Admission(HttpMethod method, String path, Set<Role> roles) {
        RequestMatcher matcher() {
            return method == null ? place() : PathPatternRequestMatcher.withDefaults().matcher(method, path);
        }

        RequestMatcher place() {
            return PathPatternRequestMatcher.withDefaults().matcher(path);
        }

        String[] roleNames() {
            return roles.stream().map(Role::name).toArray(String[]::new);
        }
    }

    /** May be asked by whoever has a login. */
    public Admissions customers(HttpMethod method, String path) {
        return admit(method, path, EnumSet.allOf(Role.class));
    }

    /** May be asked by operators alone. */
    public Admissions operators(HttpMethod method, String path) {
        return admit(method, path, EnumSet.of(Role.OPERATOR));
    }

    /** Whatever is asked there, may be asked by operators alone. */
    public Admissions operators(String path) {
        return operators(null, path);
    }

    Admissions anybody(String path) {
        return admit(HttpMethod.GET, path, EnumSet.noneOf(Role.class));
    }

    private Admissions admit(HttpMethod method, String path, Set<Role> roles) {
        all.add(new Admission(method, path, roles));
        return this;
    }

    Stream<Admission> all() {
        return all.stream();
    }
}
