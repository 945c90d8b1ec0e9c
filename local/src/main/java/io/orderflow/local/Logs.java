package io.orderflow.local;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Keeps the console for what the user should read: everything is logged to a file, and only warnings are shown as well. */
public class Logs {

    private Logs() {
    }

    /** Sends the log of everything in this process to {@code orderflow.log} in the folder; the apps' own logging set-up is left out. */
    public static void to(Path folder) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("folder", folder.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Logs.class.getResource("/orderflow-logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
