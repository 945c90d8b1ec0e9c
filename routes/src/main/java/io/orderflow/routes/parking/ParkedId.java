package io.orderflow.routes.parking;

import io.orderflow.routes.door.Request;
import java.util.UUID;
import org.apache.camel.Header;

/** Which parked record is asked for. */
class ParkedId {
    UUID read(@Header("id") String id) {
        return Request.uuid(id, ParkingPolicy.NO_SUCH_RECORD);
    }
}
