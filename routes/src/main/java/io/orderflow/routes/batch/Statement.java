package io.orderflow.routes.batch;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * {@code statement:inventory/reserve-stock} runs {@code sql/inventory/reserve-stock.sql} by JDBC on the database {@code inventory}. The parameter
 * {@code :?body} is the body as JSON, any other is a column of it ({@link Columns}). The statement answers one JSON value, or rows; what it answers becomes the
 * body, or, where the body is a {@link Question}, what that becomes by them. One statement is one transaction; the body changes only when it has succeeded.
 */
public class Statement extends DefaultComponent {
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    /** The endpoint of a statement whose one JSON value is read as {@code answer}. */
    public static String statement(String name, Class<?> answer) {
        return "statement:" + name + "?answer=" + answer.getName();
    }

    /** The endpoint of a statement whose rows are each read as {@code row}. */
    public static String rows(String name, Class<? extends Record> row) {
        return "statement:" + name + "?row=" + row.getName();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        var answer = getAndRemoveParameter(parameters, "answer", Class.class);
        var row = getAndRemoveParameter(parameters, "row", Class.class);
        String sql;
        try (var file = ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), "classpath:sql/" + name + ".sql")) {
            sql = new String(file.readAllBytes(), UTF_8);
        }
        var database = name.substring(0, name.indexOf('/'));
        var jdbc = getCamelContext().getEndpoint("jdbc:" + database + "?useHeadersAsParameters=true&resetAutoCommit=false&outputType=" + (row == null ? "SelectOne" : "SelectList"));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() throws Exception {
                return new Run(this, jdbc, sql, row == null ? answering(answer) : answeringRows(row));
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("A statement is run, not listened to");
            }
        };
    }

    private interface Reading {
        Object read(Message found, Object asked) throws Exception;
    }

    private static Reading answering(Class<?> answer) {
        return (found, asked) -> {
            var json = found.getBody(String.class);
            return json == null ? null : JSON.readValue(json, answer);
        };
    }

    @SuppressWarnings("unchecked")
    private static Reading answeringRows(Class<?> row) {
        var rows = new Rows(row);
        return (found, asked) -> {
            var answer = rows.read(found.getBody(List.class));
            return asked instanceof Question<?> question ? ((Question<Record>) question).answered((List<Record>) (List<?>) answer) : answer;
        };
    }

    private static class Run extends DefaultProducer {
        private final Endpoint jdbc;
        private final Producer runner;
        private final String sql;
        private final List<String> parameters;
        private final Reading reading;

        Run(Endpoint endpoint, Endpoint jdbc, String sql, Reading reading) throws Exception {
            super(endpoint);
            this.jdbc = jdbc;
            this.runner = jdbc.createProducer();
            this.sql = sql;
            this.parameters = PARAMETER.matcher(sql).results().map(parameter -> parameter.group(1)).distinct().toList();
            this.reading = reading;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            var asked = exchange.getMessage().getBody();
            var call = jdbc.createExchange();
            for (var parameter : parameters)
                call.getMessage().setHeader(parameter, parameter.equals("body") ? JSON.writeValueAsString(asked) : Columns.column(asked, parameter));
            call.getMessage().setBody(sql);
            runner.process(call);
            exchange.getMessage().setBody(reading.read(call.getMessage(), asked));
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
