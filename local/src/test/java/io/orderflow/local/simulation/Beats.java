package io.orderflow.local.simulation;

import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Tells the director of every step before it is run. Inside a split there are no beats: which events a split sends first may depend on ids, which
 * differ from run to run; how much of what it sends arrives is decided when it is done.
 */
class Beats implements InterceptStrategy {
    private static final Set<String> ROUTES = Set.of("store-orders", "publish-orders", "reserve-inventory", "release-inventory", "reject-order", "take-payment",
        "settle-pending-payments", "publish-payments", "update-order-payment");

    private final World world;

    Beats(World world) {
        this.world = world;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext camel, NamedNode step, Processor target, Processor next) {
        if (!hasBeats(step)) {
            return target;
        }
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    world.director().beat(step.getId());
                } catch (RuntimeException | Error e) {
                    Beats.fail(exchange, e);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, callback);
            }
        };
    }

    /** Ends an exchange as a crash does: no handler tries again. */
    static void fail(Exchange exchange, Throwable e) {
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
        exchange.setException(e);
    }

    private static boolean hasBeats(NamedNode step) {
        NamedNode node = step.getParent();
        while (node != null && !(node instanceof RouteDefinition)) {
            if (node instanceof SplitDefinition) {
                return false;
            }
            node = node.getParent();
        }
        return node != null && ROUTES.contains(node.getId());
    }
}
