package io.orderflow.local;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who may ask something of a system that is there to be tried. Everybody knows these passwords; so such a system listens on loopback alone. */
public enum Demo {
    SHOPPER_1("customer"),
    SHOPPER_2("customer"),
    OPERATOR("operator");

    private static final String PASSWORD = "demo";

    private final String role;

    Demo(String role) {
        this.role = role;
    }

    public Login login() {
        return new Login(name().toLowerCase(Locale.ROOT).replace('_', '-'), PASSWORD);
    }

    /** All of them, as the apps take their users. */
    public static String users() {
        return List.of(values()).stream().map(user -> user.login().username() + ":" + user.role + ":" + PASSWORD).collect(Collectors.joining(" "));
    }
}
