package io.orderflow.routes.inventory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How much of each SKU is there to give; one that is not listed does not exist. */
record Stock(List<Item> items) {

    record Item(String sku, long available) {
    }

    Map<String, Long> available() {
        return items.stream().collect(Collectors.toMap(Item::sku, Item::available));
    }
}
