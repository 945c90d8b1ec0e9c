package io.orderflow.routes.failure;

import io.orderflow.routes.batch.Batch;
import io.orderflow.routes.batch.Commit;
import io.orderflow.routes.batch.Parking;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/** Sends the halves of a failed batch down the same route again, until the culprit is alone; that one is parked. */
class TakeApart implements CamelContextAware {
    private final Parking parking = new Parking();

    @Handler
    public void takeApart(Exchange failed) throws Exception {
        var records = Batch.received(failed);
        if (records.size() == 1) {
            parking.park(failed, Map.of(records.get(0), failed.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
            Commit.commit(records);
        } else {
            again(failed, records.subList(0, records.size() / 2));
            again(failed, records.subList(records.size() / 2, records.size()));
        }
    }

    private static void again(Exchange failed, List<Exchange> half) throws Exception {
        var route = failed.getContext().getRoute(failed.getFromRouteId());
        var part = route.getEndpoint().createExchange();
        Batch.carryOn(part, half, failed);
        route.getProcessor().process(part);
        if (part.getException() != null)
            throw part.getException();
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        parking.setCamelContext(camel);
    }

    @Override
    public CamelContext getCamelContext() {
        return parking.getCamelContext();
    }
}
