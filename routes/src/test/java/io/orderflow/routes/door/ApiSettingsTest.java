package io.orderflow.routes.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.routes.settings.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSettingsTest {

    @Test
    void readsWhoMayLogIn() {
        var settings = new ApiSettings("  ann:customer:a:b%20c \n boss:operator:{bcrypt}$2a$10$x ", "", " ", null);

        assertThat(settings.logins()).containsExactly(new ApiSettings.User("ann", Role.CUSTOMER, "a:b%20c"), new ApiSettings.User("boss", Role.OPERATOR, "{bcrypt}$2a$10$x"));
        assertThat(settings.hasIssuer()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann:customer", "ann:customer:", "ann:admin:s3cret", ":customer:s3cret", "ann:CUSTOMER:s3cret", "ann:customer:s3cret,bob:customer:s3cret2 x", "ann:customer:s3cret ann:operator:s3cret2"})
    void stopsAtWhatIsNoUserAndRepeatsNoPassword(String users) {
        assertThatThrownBy(() -> new ApiSettings(users, null, null, null)).isInstanceOf(CannotStart.class).hasMessageContaining("orderflow.api.users").hasMessageNotContaining("s3cret");
    }

    @Test
    void stopsWhereNobodyCouldAskAnything() {
        assertThatThrownBy(() -> new ApiSettings("", null, null, null)).isInstanceOf(CannotStart.class).hasMessageContaining("Nobody could ask anything");
        assertThatThrownBy(() -> new ApiSettings(null, null, null, null)).isInstanceOf(CannotStart.class);
    }

    @Test
    void stopsWhereATokenWouldBeGoodForAnyAudienceOrFromAnyIssuer() {
        assertThatThrownBy(() -> new ApiSettings(null, "https://login.example", null, null)).isInstanceOf(CannotStart.class).hasMessageContaining("orderflow.api.audience");
        assertThatThrownBy(() -> new ApiSettings("ann:customer:x", null, "orders", null)).isInstanceOf(CannotStart.class).hasMessageContaining("orderflow.api.issuer");
        assertThatThrownBy(() -> new ApiSettings("ann:customer:x", null, null, "file:keys.json")).isInstanceOf(CannotStart.class).hasMessageContaining("orderflow.api.issuer");
        assertThat(new ApiSettings(null, "https://login.example", "orders", null).hasIssuer()).isTrue();
    }

    @Test
    void showsNoPasswordToWhoeverPrintsIt() {
        assertThat(new ApiSettings("ann:customer:s3cret", null, null, null).toString()).contains("ann").doesNotContain("s3cret");
    }
}
