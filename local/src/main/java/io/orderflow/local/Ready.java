package io.orderflow.local;

import java.nio.file.Path;

/** What a newcomer can do next, ready to be copied. */
record Ready(Ports ports, Login management, Path folder) {

    String text(String seconds) {
        return """

            Ready after %s. Ctrl-C stops it.

            Place an order that is paid, one that falls short of stock, one whose card is declined:
              %s
              %s
              %s

            See what became of an order, by the id of the answer:
              curl -s localhost:%d/orders/<id>

            Watch it happen in Hawtio, as %s with password %s:
              http://localhost:%d/actuator/hawtio/

            Data: %s (--fresh starts over)
            Log:  %s
            """.formatted(seconds,
            order("MUG-CAMEL", 2, "pm_card_ok"), order("TURNTABLE-33", 4, "pm_card_ok"), order("BOOK-CAMEL", 1, "pm_card_declined"),
            ports.order,
            management.username(), management.password(), ports.orderManagement,
            folder, folder.resolve("logs").resolve("orderflow.log"));
    }

    private String order(String sku, int quantity, String paymentMethod) {
        return "curl -s localhost:" + ports.order + "/orders -H 'Content-Type: application/json' -d "
            + "'{\"customer\":\"ann\",\"currency\":\"EUR\",\"paymentMethod\":\"" + paymentMethod + "\",\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}]}'";
    }
}
