package io.orderflow.routes.failure;

import io.orderflow.routes.batch.Batch;
import io.orderflow.routes.batch.Commit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a batch that no retry has helped. Where records are to blame, the halves of the batch go down the same route
 * again until a culprit is alone, and that one is parked. Where a bug shows, the same is done partition by partition, and what the bug
 * stops stays where it is: it holds up what comes after it in its partition, and nothing else. An outage breaks the batch as it is.
 * What breaks is not committed, so Kafka hands it over again.
 */
public class LastResort implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final Parking parking = new Parking();

    @Handler
    public void decide(Exchange failed) throws Exception {
        var failure = failed.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        switch (Failure.of(failure)) {
            case PERMANENT -> takeApart(failed, failure);
            case TRANSIENT -> throw failure;
            case UNKNOWN -> goRound(failed, failure);
        }
    }

    private void takeApart(Exchange failed, Exception failure) throws Exception {
        var records = Batch.received(failed);
        if (records.size() == 1) {
            parking.park(failed, Map.of(records.get(0), failure));
            Commit.commit(records);
        } else {
            again(failed, records.subList(0, records.size() / 2));
            again(failed, records.subList(records.size() / 2, records.size()));
        }
    }

    private static void goRound(Exchange failed, Exception failure) throws Exception {
        var records = Batch.received(failed);
        var partitions = records.stream().collect(Collectors.groupingBy(Commit::partition, LinkedHashMap::new, Collectors.toList())).values();
        if (partitions.size() > 1) {
            Exception last = null;
            for (var partition : partitions)
                try {
                    again(failed, partition);
                } catch (Exception e) {
                    last = e;
                }
            if (last != null)
                throw last;
        } else if (records.size() > 1) {
            again(failed, records.subList(0, records.size() / 2));
            again(failed, records.subList(records.size() / 2, records.size()));
        } else {
            LOG.error("{} cannot go on with {}: this is a bug, not an outage, and the record is not to blame; it is tried again until that is mended",
                failed.getFromRouteId(), Commit.partition(records.get(0)), failure);
            throw failure;
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
