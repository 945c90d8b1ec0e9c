package io.orderflow.routes.parking;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.routes.door.Page;
import java.util.List;

/** Some parked records, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ParkedPage(List<Parked> items, String next) implements Page {

    @Override
    public ParkedPage next(String link) {
        return new ParkedPage(items, link);
    }
}
