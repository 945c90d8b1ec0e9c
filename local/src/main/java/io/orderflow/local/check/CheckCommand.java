package io.orderflow.local.check;

import io.orderflow.local.Database;
import io.orderflow.local.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells anybody, at any hour, whether a running system has lost, doubled or made up anything. */
@Command(name = "check", customSynopsis = "./run check [<options>]", sortOptions = false, usageHelpAutoWidth = true,
    description = "Looks at all databases and topics of a running system, changes nothing, and tells which promises are broken, with ids. Place no orders meanwhile.",
    footer = {"", "Result: 0 all is well, 1 a promise is broken, 2 something could not be read.",
        "Without options it looks at what ./run runs. Any other deployment is told by the variables that its apps have: ORDERFLOW_KAFKA, with _SECURITY, _MECHANISM",
        "and _JAAS of a login that may read all topics, and for each of ORDERS, INVENTORY, PAYMENTS and GATEWAY: ORDERFLOW_ORDERS_URL, _USERNAME, _PASSWORD."})
public class CheckCommand implements Callable<Integer> {
    static final int BROKEN = 1;
    static final int COULD_NOT_LOOK = 2;
    private static final Map<String, String> KAFKA_VARIABLES = Map.of("ORDERFLOW_KAFKA_SECURITY", CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "ORDERFLOW_KAFKA_MECHANISM", SaslConfigs.SASL_MECHANISM, "ORDERFLOW_KAFKA_JAAS", SaslConfigs.SASL_JAAS_CONFIG);

    @Option(names = "--client-log", paramLabel = "<file>", description = "what the clients remember of their requests (default: none, and nothing is said of I1 and I12)")
    private Path clientLog;
    @Option(names = "--patience", defaultValue = "60", paramLabel = "<seconds>", description = "wait so long at most until nothing is on its way (${DEFAULT-VALUE} seconds)")
    private int patience;
    @Option(names = "--json", description = "answer in JSON")
    private boolean json;
    @Option(names = "--kafka", defaultValue = "${env:ORDERFLOW_KAFKA:-localhost:9092}", paramLabel = "<host:port>", description = "the Kafka broker (${DEFAULT-VALUE})")
    private String kafka;
    @Option(names = "--kafka-settings", paramLabel = "<file>", description = "more settings of a Kafka client, as for a login")
    private Path kafkaSettings;
    @Option(names = "--url", paramLabel = "<database>=<url>", description = "where a database is, as orders=jdbc:postgresql://localhost:5432/orders; may be repeated")
    private Map<String, String> urls = new HashMap<>();
    @Option(names = "--username", paramLabel = "<database>=<name>", description = "who logs in to a database (default: its own name); may be repeated")
    private Map<String, String> usernames = new HashMap<>();
    @Option(names = "--data", defaultValue = "${sys:orderflow.home:-.}/data", paramLabel = "<folder>", description = "the data folder of ./run, which has the passwords (default: data)")
    private Path data;
    @Option(names = "--postgres-port", defaultValue = "5432", paramLabel = "<port>", description = "PostgreSQL of ./run; the first of three with --postgres=3 (${DEFAULT-VALUE})")
    private int postgresPort;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        Logs.to(Files.createTempDirectory("orderflow-check"));
        return look(System.out, System.err);
    }

    /** Answers the result of the command. */
    public int look(PrintStream out, PrintStream err) {
        try {
            Deployment where = deployment();
            Verdict verdict = new Check(where, clientLog == null ? null : new ClientLog(clientLog)).run(Duration.ofSeconds(patience));
            out.println(json ? verdict.json() : verdict.text());
            return verdict.isClean() ? 0 : BROKEN;
        } catch (RuntimeException | IOException e) {
            err.println("Could not look. " + e.getMessage());
            return COULD_NOT_LOOK;
        }
    }

    private Deployment deployment() throws IOException {
        Properties passwords = load(data.resolve("passwords.properties"), false);
        boolean three = Files.exists(data.resolve("postgres-orders"));
        Stream.concat(urls.keySet().stream(), usernames.keySet().stream()).filter(name -> !Deployment.DATABASES.contains(name)).findAny().ifPresent(unknown -> {
            throw new IllegalArgumentException("There is no database " + unknown + ": name one of " + String.join(", ", Deployment.DATABASES) + ".");
        });
        Map<String, Database> databases = new HashMap<>();
        for (String name : Deployment.DATABASES) {
            int port = postgresPort + (three ? List.of(0, 1, 2, 2).get(Deployment.DATABASES.indexOf(name)) : 0);
            databases.put(name, new Database(name,
                urls.getOrDefault(name, variable(name, "URL", "jdbc:postgresql://localhost:" + port + "/" + name)),
                usernames.getOrDefault(name, variable(name, "USERNAME", name)),
                variable(name, "PASSWORD", passwords.getProperty(name, ""))));
        }
        Map<String, String> settings = new HashMap<>();
        KAFKA_VARIABLES.forEach((variable, setting) -> {
            if (!System.getenv().getOrDefault(variable, "").isBlank()) {
                settings.put(setting, System.getenv(variable));
            }
        });
        Properties more = kafkaSettings == null ? new Properties() : load(kafkaSettings, true);
        more.stringPropertyNames().forEach(name -> settings.put(name, more.getProperty(name)));
        return new Deployment(kafka, settings, databases);
    }

    private static String variable(String database, String what, String otherwise) {
        return System.getenv().getOrDefault("ORDERFLOW_" + database.toUpperCase(Locale.ROOT) + "_" + what, otherwise);
    }

    private static Properties load(Path file, boolean mustExist) throws IOException {
        Properties properties = new Properties();
        if (mustExist || Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }
}
