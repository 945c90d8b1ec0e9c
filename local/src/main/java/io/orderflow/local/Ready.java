package io.orderflow.local;

import java.nio.file.Path;

/** What a newcomer can do next, ready to be copied. */
record Ready(Ports ports, Login management, Path folder) {

    private static final Login SHOPPER = Demo.SHOPPER_1.login();
    private static final String USER = "-u " + SHOPPER.username() + ":" + SHOPPER.password();

    String text(String seconds) {
        return """

            Ready after %s. Ctrl-C stops it.

            The API knows shopper-1, shopper-2 and operator, each with the password %s.

            Place an order that is paid, one that falls short of stock, one whose card is declined:
              %s
              %s
              %s

            See what became of an order, by the id of the answer:
              curl -s %s localhost:%d/orders/<id>

            Watch it happen in Hawtio, as %s with password %s:
              http://localhost:%d/actuator/hawtio/

            Data: %s (--fresh starts over)
            Log:  %s
            """.formatted(seconds, SHOPPER.password(),
            order("MUG-CAMEL", 2, "pm_card_ok"), order("TURNTABLE-33", 4, "pm_card_ok"), order("BOOK-CAMEL", 1, "pm_card_declined"),
            USER, ports.order,
            management.username(), management.password(), ports.orderManagement,
            folder, folder.resolve("logs").resolve("orderflow.log"));
    }

    private String order(String sku, int quantity, String paymentMethod) {
        return "curl -s " + USER + " localhost:" + ports.order + "/orders -H 'Content-Type: application/json' -d "
            + "'{\"currency\":\"EUR\",\"paymentMethod\":\"" + paymentMethod + "\",\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}]}'";
    }
}
