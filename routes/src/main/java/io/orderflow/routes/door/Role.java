package io.orderflow.routes.door;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may be to the shop. */
enum Role {
    /** Orders for themselves, and sees nothing of others. */
    CUSTOMER,
    /** Runs the shop: sees and does everything, and orders for anybody. */
    OPERATOR;

    static Optional<Role> of(String name) {
        return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findAny();
    }

    /** As it is written in a setting, and in a token. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
