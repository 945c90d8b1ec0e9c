package io.orderflow.routes.payment;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A gateway for trying things out. It keeps a ledger of its own, in its own database, by which anybody can check what was charged.
 * The payment method steers it: {@code pm_card_ok} is captured, {@code pm_card_declined} and anything unknown is declined,
 * {@code pm_card_timeout_before} and {@code pm_card_error} do nothing at the first try, {@code pm_card_timeout_after} captures
 * and loses the answer.
 */
class SimulatedGateway implements PaymentGateway {
    private static final String CHARGE_CARDS = resource("sql/gateway/charge-cards.sql");
    private static final String FIND_CHARGES = resource("sql/gateway/find-charges.sql");

    private final JdbcClient ledger;

    SimulatedGateway(DataSource ledger) {
        this.ledger = JdbcClient.create(ledger);
    }

    @Override
    public List<Charged> charge(List<Charge> charges) {
        return charges.isEmpty() ? List.of() : answer(CHARGE_CARDS, charges);
    }

    @Override
    public List<Charged> find(List<UUID> keys) {
        return keys.isEmpty() ? List.of() : answer(FIND_CHARGES, keys);
    }

    private List<Charged> answer(String sql, List<?> question) {
        try {
            return JSON.readValue(ledger.sql(sql).param("body", JSON.writeValueAsString(question)).query(String.class).single(), new TypeReference<>() {
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The gateway's answer cannot be read", e);
        }
    }

    private static String resource(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
