package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * {@code statement:inventory/reserve-stock} runs {@code sql/inventory/reserve-stock.sql} by JDBC on the database {@code inventory}:
 * the body goes in as the one JSON parameter {@code :?body}, and the one JSON value that the statement answers becomes the body.
 * One statement is one transaction; the body changes only when it has succeeded.
 */
public class Statement extends DefaultComponent {

    /** The endpoint of a statement whose answer is read as {@code answer}. */
    public static String statement(String name, Class<?> answer) {
        return "statement:" + name + "?answer=" + answer.getName();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        var answer = getAndRemoveParameter(parameters, "answer", Class.class);
        String sql;
        try (var file = ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), "classpath:sql/" + name + ".sql")) {
            sql = new String(file.readAllBytes(), UTF_8);
        }
        var database = name.substring(0, name.indexOf('/'));
        var jdbc = getCamelContext().getEndpoint("jdbc:" + database + "?useHeadersAsParameters=true&resetAutoCommit=false&outputType=SelectOne");
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() throws Exception {
                return new Run(this, jdbc, sql, answer);
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("A statement is run, not listened to");
            }
        };
    }

    private static class Run extends DefaultProducer {
        private final Endpoint jdbc;
        private final Producer runner;
        private final String sql;
        private final Class<?> answer;

        Run(Endpoint endpoint, Endpoint jdbc, String sql, Class<?> answer) throws Exception {
            super(endpoint);
            this.jdbc = jdbc;
            this.runner = jdbc.createProducer();
            this.sql = sql;
            this.answer = answer;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            var call = jdbc.createExchange();
            call.getMessage().setHeader("body", JSON.writeValueAsString(exchange.getMessage().getBody()));
            call.getMessage().setBody(sql);
            runner.process(call);
            var found = call.getMessage().getBody(String.class);
            exchange.getMessage().setBody(found == null ? null : JSON.readValue(found, answer));
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            ServiceHelper.startService(runner);
        }

        @Override
        protected void doStop() throws Exception {
            ServiceHelper.stopService(runner);
            super.doStop();
        }
    }
}
