package io.orderflow.local.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

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

    enum Moment { BEFORE, AFTER }

    /** The options of a virtual machine that ends at this step when it is passed for the {@code pass}th time, or {@code pass} times after the app was told to stop. */
    static String[] options(String node, Moment moment, int pass, boolean draining) {
        return new String[] {"-D" + NODE + "=" + node, "-D" + MOMENT + "=" + moment, "-D" + PASS + "=" + pass, "-Dchaos.draining=" + draining};
    }

    @Bean
    static Trap trap() {
        return new Trap(System.getProperty(NODE), Moment.valueOf(System.getProperty(MOMENT)), Integer.getInteger(PASS), Boolean.getBoolean("chaos.draining"));
    }

    static class Trap implements InterceptStrategy, ApplicationListener<ContextClosedEvent> {

        private final String node;
        private final Moment moment;
        private final AtomicInteger passes;
        private volatile boolean armed;

        Trap(String node, Moment moment, int pass, boolean draining) {
            this.node = node;
            this.moment = moment;
            this.passes = new AtomicInteger(pass);
            this.armed = !draining;
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent theAppIsToldToStop) {
            armed = true;
        }

        @Override
        public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor next) {
            return node.equals(step.getId()) ? new Trapped(target) : target;
        }

        private void pass() {
            if (armed && passes.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(HALTED);
            }
        }

        private class Trapped extends DelegateAsyncProcessor {

            Trapped(Processor step) {
                super(step);
            }

            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (moment == Moment.BEFORE) {
                    pass();
                    return super.process(exchange, callback);
                }
                return super.process(exchange, done -> {
                    if (exchange.getException() == null) {
                        pass();
                    }
                    callback.done(done);
                });
            }
        }
    }
}
