package io.orderflow.routes.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Page;
import java.util.List;

/** Some orders, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderPage(List<Order> items, String next) implements Page {

    @Override
    public OrderPage next(String link) {
        return new OrderPage(items, link);
    }
}
