package io.orderflow.local.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Ends an app at a step of a route as a power cut would, from outside: the app's own code knows nothing of it. Steered by system properties, for an
 * app refuses settings that it does not know.
 */
@Configuration(proxyBeanMethods = false)
class FailPoint {

    /** What a process ends with that was ended here. */
    static final int HALTED = 137;
    private static final String NODE = "chaos.node";
    private static final String MOMENT = "chaos.moment";
    private static final String PASS = "chaos.pass";
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    /** Before the step, after it, or before it and while the app stops, which it is told when it comes there. */
    enum Moment { BEFORE, AFTER, DRAINING }

    /** The options of a virtual machine that ends at this step when it is passed for the {@code pass}th time. */
    static String[] options(String node, Moment moment, int pass) {
        return new String[] {"-D" + NODE + "=" + node, "-D" + MOMENT + "=" + moment, "-D" + PASS + "=" + pass};
    }

    @Bean
    static Trap trap() {
        return new Trap(System.getProperty(NODE), Moment.valueOf(System.getProperty(MOMENT)), Integer.getInteger(PASS));
    }

    static class Trap implements InterceptStrategy {

        private final String node;
        private final Moment moment;
        private final AtomicInteger passes;

        Trap(String node, Moment moment, int pass) {
            this.node = node;
            this.moment = moment;
            this.passes = new AtomicInteger(pass);
        }

        @Override
        public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor next) {
            return node.equals(step.getId()) ? new Trapped(context, target) : target;
        }

        private void pass(CamelContext context) {
            if (passes.decrementAndGet() == 0) {
                if (moment == Moment.DRAINING) {
                    new Thread(() -> System.exit(0), "stop").start();
                    while (!context.isStopping()) {
                        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                    }
                }
                Runtime.getRuntime().halt(HALTED);
            }
        }

        private class Trapped extends DelegateAsyncProcessor {

            private final CamelContext context;

            Trapped(CamelContext context, Processor step) {
                super(step);
                this.context = context;
            }

            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (moment != Moment.AFTER) {
                    pass(context);
                    return super.process(exchange, callback);
                }
                return super.process(exchange, done -> {
                    if (exchange.getException() == null) {
                        pass(context);
                    }
                    callback.done(done);
                });
            }
        }
    }
}
