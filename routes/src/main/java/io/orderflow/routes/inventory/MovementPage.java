package io.orderflow.routes.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Page;
import java.util.List;

/** Some movements of a SKU, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MovementPage(List<Movement> items, String next) implements Page {

    @Override
    public MovementPage next(String link) {
        return new MovementPage(items, link);
    }
}
