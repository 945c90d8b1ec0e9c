package io.orderflow.local.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What customers order: one to {@code lines} lines of one to three pieces.
 *
 * @param lines most lines of an order
 * @param hot lines of a hundred that are for one and the same product
 * @param soldOut orders of a hundred that ask for what is sold out
 * @param declined orders of a hundred whose card is declined
 */
record Basket(int lines, int hot, int soldOut, int declined) {

    private static final int MOST_PIECES = 3;

    static Basket plain(int lines) {
        return new Basket(lines, 0, 0, 0);
    }

    static Basket hot(int lines) {
        return new Basket(lines, 60, 0, 0);
    }

    static Basket mixed(int lines) {
        return new Basket(lines, 0, 15, 15);
    }

    /** The body of a request for so many orders: one by itself, more as an array. */
    byte[] json(int orders) {
        StringBuilder json = new StringBuilder(256 * orders);
        if (orders > 1) {
            json.append('[');
        }
        for (int n = 0; n < orders; n++) {
            add(n == 0 ? json : json.append(','));
        }
        if (orders > 1) {
            json.append(']');
        }
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void add(StringBuilder json) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int fate = random.nextInt(100);
        json.append("{\"customer\":\"customer-").append(random.nextInt(100_000)).append("\",\"currency\":\"EUR\",\"paymentMethod\":\"")
            .append(fate >= soldOut && fate < soldOut + declined ? "pm_card_declined" : "pm_card_ok").append("\",\"lines\":[");
        int count = 1 + random.nextInt(lines);
        for (int n = 0; n < count; n++) {
            String sku = n == 0 && fate < soldOut ? Shelves.SOLD_OUT : Shelves.sku(random.nextInt(100) < hot ? 0 : random.nextInt(Shelves.PRODUCTS));
            json.append(n == 0 ? "" : ",").append("{\"sku\":\"").append(sku).append("\",\"quantity\":").append(1 + random.nextInt(MOST_PIECES)).append('}');
        }
        json.append("]}");
    }
}
