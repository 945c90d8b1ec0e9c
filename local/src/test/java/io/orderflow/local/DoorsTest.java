package io.orderflow.local;

import static io.orderflow.routes.event.Topics.ORDER_CREATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger finds at the doors of the running system: an API that answers precisely and gives nothing away, and a locked one. */
class DoorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
    /** What would tell a stranger of our insides. */
    private static final String INSIDES = "(?is).*(exception|java[.]|javax[.]|jakarta[.]|org[.]|com[.]fasterxml|io[.]orderflow|jsonb|"
        + "\\bselect\\b|\\binsert\\b|\\bat [a-z.]+\\(|sqlstate).*";
    /** What only the management port has to tell. */
    private static final String[] DATA = {"\"value\"", "JMImplementation", "org.apache.camel", "jvm_", "process_uptime", "<title>Hawtio", "\"UP\"", "propertySources", "\"agent\""};
    private static final List<String> ACTUATORS = List.of("auditevents", "beans", "caches", "camel", "camelroutecontroller", "camelroutes", "conditions", "configprops", "env", "features", "flyway",
        "gateway", "heapdump", "httpexchanges", "httptrace", "integrationgraph", "liquibase", "logfile", "loggers", "mappings", "metrics", "pause", "quartz", "refresh", "restart", "sbom",
        "scheduledtasks", "sessions", "shutdown", "startup", "threaddump", "trace");
    private static final List<String> MANAGEMENT_PATHS = List.of("/actuator", "/actuator/jolokia", "/actuator/jolokia/list", "/actuator/jolokia/read/java.lang:type=Memory/Verbose",
        "/actuator/hawtio", "/actuator/hawtio/", "/actuator/hawtio/index.html", "/actuator/hawtio/jolokia/list", "/actuator/prometheus", "/actuator/info", "/actuator/env",
        "/actuator/heapdump", "/actuator/metrics", "/actuator/loggers", "/actuator/beans", "/actuator/shutdown", "/actuator/camelroutes");

    private static final String SHOPPER = Demo.SHOPPER_1.login().basic();
    private static final String OTHER_SHOPPER = Demo.SHOPPER_2.login().basic();

    private static Rig rig;

    @BeforeAll
    static void open() {
        rig = Rig.whole();
        rig.stock("TEAPOT", 2_450, 100);
        rig.sql("orders").update("insert into product (sku, name, currency, price) values ('IN-DOLLARS', 'Sold in dollars', 'USD', 100)");
        rig.broker.create(List.of("evil"));
    }

    @AfterAll
    static void shut() {
        rig.close();
    }

    // The API

    static Stream<Arguments> badOrders() {
        return Stream.of(
            arguments("empty body", "", 400, null),
            arguments("not JSON", "{\"customer\":", 400, null),
            arguments("two documents", order() + order(), 400, null),
            arguments("the JSON null", "null", 400, null),
            arguments("a list", "[]", 400, null),
            arguments("unknown field", order(order -> order.put("price", 1)), 400, "price"),
            arguments("unknown field of a line", order(order -> line(order).put("unitPrice", 1)), 400, "lines[0].unitPrice"),
            arguments("a field twice", order().replaceFirst("\\{", "{\"currency\":\"USD\","), 400, null),
            arguments("a number for text", order(order -> order.put("customer", 7)), 400, "customer"),
            arguments("text for a number", order(order -> line(order).put("quantity", "2")), 400, "lines[0].quantity"),
            arguments("a fraction", order(order -> line(order).put("quantity", 1.5)), 400, "lines[0].quantity"),
            arguments("2^63", order(order -> line(order).put("quantity", new BigInteger("9223372036854775808"))), 400, "lines[0].quantity"),
            arguments("text for a list", order(order -> order.put("lines", "TEAPOT")), 400, "lines"),
            arguments("no lines", order(order -> order.putArray("lines")), 400, "lines"),
            arguments("quantity 0", order(order -> line(order).put("quantity", 0)), 400, "lines[0].quantity"),
            arguments("quantity 1001", order(order -> line(order).put("quantity", 1001)), 400, "lines[0].quantity"),
            arguments("no quantity", order(order -> line(order).remove("quantity")), 400, "lines[0].quantity"),
            arguments("51 lines",
                order(order -> IntStream.rangeClosed(1, 50).forEach(n -> order.withArray("lines").addObject().put("sku", "S" + n).put("quantity", 1))), 400, "lines"),
            arguments("two lines of one SKU above 1000", order(order -> order.withArray("lines").addObject().put("sku", "TEAPOT").put("quantity", 1000)), 400, "lines[1].quantity"),
            arguments("a currency that is none", order(order -> order.put("currency", "EURO")), 400, "currency"),
            arguments("a customer of control characters", order(order -> order.put("customer", "a\u0000b")), 400, "customer"),
            arguments("a payment method with an injection", order(order -> order.put("paymentMethod", "x'; drop table orders; --")), 400, "paymentMethod"),
            arguments("nested deeply", order(order -> { }).replace("\"ann\"", "[".repeat(500) + "]".repeat(500)), 400, "customer"),
            arguments("unknown SKU", order(order -> line(order).put("sku", "NO-SUCH-THING")), 422, "lines.sku"),
            arguments("other currency", order(order -> line(order).put("sku", "IN-DOLLARS")), 422, "lines.sku"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badOrders")
    void anOrderThatCannotBeTakenIsAnsweredWithWhatIsWrong(String kind, String body, int status, String field) throws Exception {
        HttpResponse<String> answer = send(orders().header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));

        JsonNode problem = isAProblem(answer, status);
        if (field == null) {
            assertThat(problem.path("detail").asText()).isNotBlank();
        } else {
            assertThat(problem.path("errors").findValuesAsText("field")).contains(field);
            assertThat(problem.path("errors").findValuesAsText("message")).allSatisfy(message -> assertThat(message).isNotBlank());
        }
    }

    @ParameterizedTest(name = "chunked: {0}")
    @ValueSource(booleans = {false, true})
    void aBodyOf257KilobytesIsTooLarge(boolean chunked) throws Exception {
        byte[] large = order(order -> order.put("customer", "x".repeat(257 * 1024))).getBytes(UTF_8);
        BodyPublisher body = chunked ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)) : BodyPublishers.ofByteArray(large);

        isAProblem(send(orders().header("Content-Type", "application/json").POST(body)), 413);
    }

    @Test
    void aChunkedOrderWithinTheLimitIsTaken() throws Exception {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(order().getBytes(UTF_8)));
        assertThat(send(orders().header("Content-Type", "application/json").POST(body)).statusCode()).isEqualTo(202);
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
            arguments("POST", "/orders", "text/plain", 415),
            arguments("POST", "/orders", "application/xml", 415),
            arguments("DELETE", "/orders/0199aaaa-0000-7000-8000-000000000001", null, 405),
            arguments("DELETE", "/orders", null, 405),
            arguments("PUT", "/orders", "application/json", 405),
            arguments("PATCH", "/orders/0199aaaa-0000-7000-8000-000000000001", "application/json", 405),
            arguments("GET", "/no/such/path", null, 404),
            arguments("GET", "/orders/0199aaaa-0000-7000-8000-000000000001", null, 404),
            arguments("GET", "/orders/not-an-id", null, 404),
            arguments("GET", "/orders/1-1-1-1-1", null, 404),
            arguments("GET", "/orders/%27%20or%201=1", null, 404),
            arguments("GET", "/orders/0199aaaa-0000-7000-8000-00000000000g", null, 404));
    }

    @ParameterizedTest(name = "{0} {1} as {2}: {3}")
    @MethodSource("badRequests")
    void aRequestThatIsNotForUsIsAnsweredWithAProblem(String method, String path, String contentType, int status) throws Exception {
        HttpRequest.Builder request = api(Service.ORDER, path).header("Authorization", Shop.LOGIN).method(method, method.startsWith("P") ? BodyPublishers.ofString(order()) : BodyPublishers.noBody());
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        isAProblem(send(request), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.OVERRIDE_TOPIC", "KAFKA.override_topic", "CamelKafkaOverrideTopic", "camelkafkaoverridetopic", "CAMELKAFKAOVERRIDETOPIC", "kafka.TOPIC",
        "CamelKafkaTopic", "kafka.KEY", "CamelKafkaKey", "kafka.PARTITION_KEY", "CamelSqlQuery", "camelsqlquery", "CamelJdbcParameters", "CAMELJDBCPARAMETERS", "CamelHttpUri", "CamelHttpPath",
        "CamelHttpMethod", "CamelHttpResponseCode", "body", "who"})
    void aHeaderNeverChangesWhereAnOrderGoes(String header) throws Exception {
        HttpResponse<String> answer = send(api(Service.ORDER, "/orders?" + header + "=evil").header("Authorization", Shop.LOGIN).header("Content-Type", "application/json").header(header, "evil")
            .POST(BodyPublishers.ofString(order())));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.equalsIgnoreCase(header));
        UUID order = UUID.fromString(JSON.readTree(answer.body()).path("id").asText());
        rig.shop.await(order, "PAID");
        assertThat(rig.bus().await(order, ORDER_CREATED, 1).get(0).headers()).noneMatch(name -> name.key().equalsIgnoreCase(header));
        assertThat(rig.bus().count("evil")).isZero();
    }

    @Test
    void aFormIsNoOrderWhateverItsFieldsAreCalled() throws Exception {
        String form = "customer=ann&kafka.OVERRIDE_TOPIC=evil&CamelKafkaOverrideTopic=evil&CamelHttpResponseCode=200&CamelSqlQuery=select+1&CamelJdbcParameters=1&body=" + "%7B%7D";
        isAProblem(send(orders().header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form))), 415);
        assertThat(rig.bus().count("evil")).isZero();
    }

    // Who may ask what

    private static final List<String> CUSTOMERS = List.of("find-order", "find-orders", "place-order", "place-order-batch", "find-product", "find-products", "find-stock", "find-stock-item");
    private static final List<String> OPERATORS = List.of("keep-product", "receive-stock", "adjust-stock", "find-movements", "find-reservation", "find-payment",
        "find-parked-records", "find-parked-record", "replay-parked", "discard-parked", "replay-all-parked", "discard-all-parked");

    /** What a role may not ask it is told so before anything else is looked at; what it may, gets some other answer. */
    @Test
    void everythingInTheDocumentsIsAskedByEveryRole() throws Exception {
        List<String> asked = new ArrayList<>();
        for (Service service : Service.values()) {
            ApiClient client = new ApiClient(rig.port(service));
            for (ApiClient.Question question : client.questions().values()) {
                String id = question.operation().getOperationId();
                asked.add(id);
                URI address = client.address(question, Map.of("orderId", "0199aaaa-0000-7000-8000-000000000001", "sku", "TEAPOT", "id", "0199aaaa-0000-7000-8000-000000000002"));
                for (String login : new String[] {null, basic("shopper-1", "wrong"), basic("nobody", "demo"), rig.operator.basic(), "Bearer x", "Basic x"}) {
                    HttpResponse<String> answer = ask(address, question.method(), login);
                    isAProblem(answer, 401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"orderflow\", charset=\"UTF-8\"");
                }
                assertThat(ask(address, question.method(), Shop.LOGIN).statusCode()).as("%s by an operator", id).isNotIn(401, 403, 405);
                HttpResponse<String> toACustomer = ask(address, question.method(), SHOPPER);
                if (OPERATORS.contains(id)) {
                    isAProblem(toACustomer, 403);
                } else {
                    assertThat(toACustomer.statusCode()).as("%s by a customer", id).isNotIn(401, 403, 405);
                }
            }
        }
        assertThat(asked).containsExactlyInAnyOrderElementsOf(Stream.concat(CUSTOMERS.stream(), OPERATORS.stream()).toList());
    }

    private static HttpResponse<String> ask(URI address, String method, String login) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("[?].*", ""))).method(method.toUpperCase(), BodyPublishers.noBody());
        if (!method.equalsIgnoreCase("get")) {
            request.header("Content-Type", "application/json");
        }
        return send(login == null ? request : request.header("Authorization", login));
    }

    @Test
    void aCustomerOrdersForThemselvesAndSeesNothingOfOthers() throws Exception {
        HttpResponse<String> placed = send(api(Service.ORDER, "/orders").header("Authorization", SHOPPER).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order(order -> order.remove("customer")))));
        assertThat(placed.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(placed.body()).path("customer").asText()).isEqualTo("shopper-1");
        String path = "/orders/" + JSON.readTree(placed.body()).path("id").asText();

        isAProblem(send(api(Service.ORDER, "/orders").header("Authorization", SHOPPER).header("Content-Type", "application/json").POST(BodyPublishers.ofString(order()))), 403);
        HttpResponse<String> batch = send(api(Service.ORDER, "/orders/batch").header("Authorization", SHOPPER).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("[" + order() + "," + order(order -> order.put("customer", "shopper-1")) + "]")));
        assertThat(JSON.readTree(batch.body()).path("results").findValuesAsText("status")).startsWith("403").contains("202");

        assertThat(send(api(Service.ORDER, path).header("Authorization", SHOPPER)).statusCode()).isEqualTo(200);
        assertThat(send(api(Service.ORDER, path).header("Authorization", Shop.LOGIN)).statusCode()).isEqualTo(200);
        HttpResponse<String> toAnother = send(api(Service.ORDER, path).header("Authorization", OTHER_SHOPPER));
        isAProblem(toAnother, 404);
        assertThat(toAnother.body()).isEqualTo(send(api(Service.ORDER, "/orders/0199aaaa-0000-7000-8000-000000000001").header("Authorization", OTHER_SHOPPER)).body());

        assertThat(JSON.readTree(send(api(Service.ORDER, "/orders").header("Authorization", SHOPPER)).body()).path("items")).isNotEmpty()
            .allSatisfy(order -> assertThat(order.path("customer").asText()).isEqualTo("shopper-1"));
        assertThat(JSON.readTree(send(api(Service.ORDER, "/orders").header("Authorization", OTHER_SHOPPER)).body()).path("items"))
            .allSatisfy(order -> assertThat(order.path("customer").asText()).isEqualTo("shopper-2"));
        isAProblem(send(api(Service.ORDER, "/orders?customer=shopper-1").header("Authorization", OTHER_SHOPPER)), 403);
        for (String header : List.of("who", "X-Forwarded-User", "X-User", "Remote-User", "CamelAuthentication")) {
            isAProblem(send(api(Service.ORDER, path + "?" + header + "=shopper-1").header("Authorization", OTHER_SHOPPER).header(header, "shopper-1")), 404);
            isAProblem(send(api(Service.ORDER, path).header(header, "shopper-1")), 401);
        }
    }

    @Test
    void aKeyOfOneCustomerIsNoneOfAnother() throws Exception {
        String mine = order(order -> order.remove("customer"));
        List<String> customers = new ArrayList<>();
        for (String login : List.of(SHOPPER, OTHER_SHOPPER)) {
            HttpResponse<String> answer = send(api(Service.ORDER, "/orders").header("Authorization", login).header("Content-Type", "application/json").header("Idempotency-Key", "the-same")
                .POST(BodyPublishers.ofString(mine)));
            assertThat(answer.statusCode()).isEqualTo(202);
            customers.add(JSON.readTree(answer.body()).path("customer").asText());
        }
        assertThat(customers).containsExactly("shopper-1", "shopper-2");
    }

    @Test
    void anAnswerOf202TellsWhereTheOrderCanBeSeen() throws Exception {
        HttpResponse<String> answer = send(orders().header("Content-Type", "application/json").POST(BodyPublishers.ofString(order())));

        assertThat(answer.statusCode()).isEqualTo(202);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/orders/" + JSON.readTree(answer.body()).path("id").asText());
        assertThat(send(api(Service.ORDER, location).header("Authorization", Shop.LOGIN).GET()).statusCode()).isEqualTo(200);
    }

    // The management port

    @ParameterizedTest
    @EnumSource(Service.class)
    void withoutALoginTheManagementPortShowsNothing(Service service) throws Exception {
        for (String path : MANAGEMENT_PATHS) {
            HttpResponse<String> toAProgram = send(management(service, path).header("Accept", "application/json"));
            assertThat(toAProgram.statusCode()).as("status of GET %s for a program", path).isEqualTo(401);
            assertThat(toAProgram.body()).as("answer to GET %s for a program", path).doesNotContain(DATA);

            HttpResponse<String> toABrowser = send(management(service, path).header("Accept", "text/html"));
            assertThat(toABrowser.statusCode()).as("status of GET %s for a browser", path).isIn(302, 401);
            if (toABrowser.statusCode() == 302) {
                assertThat(toABrowser.headers().firstValue("Location").orElse("")).as("where GET %s leads a browser", path).endsWith("/login");
            }
            assertThat(toABrowser.body()).as("answer to GET %s for a browser", path).doesNotContain(DATA);
        }
        for (Demo user : Demo.values()) {
            for (String path : List.of("/actuator/jolokia/list", "/actuator/prometheus", "/actuator/hawtio/")) {
                assertThat(send(management(service, path).header("Authorization", user.login().basic())).statusCode()).as("GET %s as %s of the API", path, user).isEqualTo(401);
            }
        }
        for (String path : List.of("/orders", "/stock", "/payments/0199aaaa-0000-7000-8000-000000000001", "/products")) {
            assertThat(send(management(service, path)).statusCode()).as("GET %s on the management port", path).isEqualTo(401);
            assertThat(send(management(service, path).header("Authorization", rig.operator.basic())).statusCode()).isEqualTo(401);
            assertThat(send(management(service, path).header("Authorization", Shop.LOGIN)).statusCode()).isIn(403, 404);
        }
        HttpResponse<String> wrongPassword = send(management(service, "/actuator/jolokia/list").header("Authorization", basic(rig.operator.username(), "wrong")));
        assertThat(wrongPassword.statusCode()).isEqualTo(401);
    }

    /** Passwords are checked one at a time here, too; whoever comes while too many wait for that has shown nothing wrong. */
    @Test
    void amongManyGuessersAManagementLoginThatCannotBeCheckedNowIsToldToComeAgain() throws Exception {
        AtomicInteger guess = new AtomicInteger();
        Rig.await("some guessers are told to come again").untilAsserted(() -> {
            List<CompletableFuture<Integer>> guesses = Stream.generate(() -> management(Service.ORDER, "/actuator/prometheus")
                    .header("Authorization", basic(rig.operator.username(), "guess " + guess.incrementAndGet())).build()).limit(32)
                .map(request -> HTTP.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode)).toList();
            assertThat(guesses.stream().map(CompletableFuture::join).distinct()).containsExactlyInAnyOrder(401, 503);
        });
        assertThat(send(management(Service.ORDER, "/actuator/prometheus").header("Authorization", rig.operator.basic())).statusCode()).isEqualTo(200);
    }

    /** All that Spring Boot, Camel and Hawtio would have: with the login only what is meant to be there is there. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void withTheLoginThereIsWhatIsMeantToBeAndNothingElse(Service service) throws Exception {
        String login = rig.operator.basic();
        for (String id : ACTUATORS) {
            assertThat(send(management(service, "/actuator/" + id).header("Accept", "application/json")).statusCode()).as("GET %s without a login", id).isEqualTo(401);
            assertThat(send(api(service, "/actuator/" + id).header("Accept", "application/json")).statusCode()).as("GET %s on the app port", id).isEqualTo(401);
            assertThat(send(management(service, "/actuator/" + id).header("Authorization", login)).statusCode()).as("GET %s with the login", id).isEqualTo(404);
        }
        for (String id : List.of("health", "info", "prometheus", "hawtio/", "jolokia/version")) {
            assertThat(send(management(service, "/actuator/" + id).header("Authorization", login)).statusCode()).as("GET %s with the login", id).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//actuator/jolokia/list", "/actuator//jolokia/list", "/actuator/./jolokia/list", "/x/../actuator/jolokia/list", "/actuator;x=1/jolokia/list",
        "/actuator/jolokia;x=1/list", "/actuator/%6aolokia/list", "/actuator%2fjolokia/list", "/ACTUATOR/jolokia/list", "/actuator/jolokia/%2e%2e/jolokia/list"})
    void aPathInDisguiseDoesNotGetPastTheLogin(String path) throws Exception {
        HttpResponse<String> answer = send(management(Service.ORDER, path));
        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain(DATA);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void healthIsToldToAnybodyAndNothingMore(Service service) throws Exception {
        HttpResponse<String> health = send(management(service, "/actuator/health"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(health.body()).fieldNames()).toIterable().isSubsetOf("status", "groups");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void theAppPortDoesNotServeTheManagement(Service service) throws Exception {
        for (String path : Stream.concat(MANAGEMENT_PATHS.stream(), Stream.of("/actuator/health", "/hawtio", "/jolokia/list")).toList()) {
            for (String login : List.of(rig.operator.basic(), basic("nobody", "nothing"))) {
                HttpResponse<String> answer = send(api(service, path).header("Authorization", login).header("Accept", "application/json"));
                assertThat(answer.statusCode()).as("GET %s on the app port", path).isIn(401, 404);
                assertThat(answer.body()).doesNotContain(DATA);
            }
        }
    }

    @Test
    void withTheLoginJolokiaIsReadAndNothingElse() throws Exception {
        JsonNode memory = jolokia("{'type':'read','mbean':'java.lang:type=Memory','attribute':'HeapMemoryUsage'}");
        assertThat(memory.path("status").asInt()).isEqualTo(200);
        assertThat(memory.path("value").path("used").asLong()).isPositive();
        String route = mbean("org.apache.camel:type=routes,name=\\\"place-order\\\",*");
        String context = mbean("org.apache.camel:type=context,*");
        assertThat(jolokia(("{'type':'read','mbean':'%s','attribute':'State'}").formatted(route)).path("value").asText()).isEqualTo("Started");
        assertThat(jolokia(("{'type':'exec','mbean':'%s','operation':'dumpRouteAsXml()'}").formatted(route)).path("value").asText()).contains("place-order");

        List<String> forbidden = List.of(
            "{'type':'exec','mbean':'%s','operation':'stop()'}".formatted(route),
            "{'type':'exec','mbean':'%s','operation':'suspend()'}".formatted(route),
            "{'type':'exec','mbean':'%s','operation':'remove()'}".formatted(route),
            "{'type':'exec','mbean':'%s','operation':'sendBody(java.lang.String,java.lang.Object)','arguments':['kafka:evil','x']}".formatted(context),
            "{'type':'exec','mbean':'%s','operation':'stop()'}".formatted(context),
            "{'type':'write','mbean':'%s','attribute':'Tracing','value':true}".formatted(context),
            "{'type':'exec','mbean':'java.lang:type=Memory','operation':'gc()'}",
            "{'type':'exec','mbean':'com.sun.management:type=DiagnosticCommand','operation':'vmSystemProperties()'}",
            "{'type':'exec','mbean':'java.util.logging:type=Logging','operation':'setLoggerLevel','arguments':['','FINEST']}");
        for (String request : forbidden) {
            assertThat(jolokia(request).path("status").asInt()).as("status in the answer to %s", request).isEqualTo(403);
        }
        JsonNode bulk = jolokia("[" + String.join(",", forbidden) + "]");
        assertThat(bulk).hasSameSizeAs(forbidden).allSatisfy(answer -> assertThat(answer.path("status").asInt()).isEqualTo(403));
        assertThat(jolokia(("{'type':'read','mbean':'%s','attribute':'State'}").formatted(route)).path("value").asText()).isEqualTo("Started");
        assertThat(rig.bus().count("evil")).isZero();
    }

    @Test
    void aPostToJolokiaWithoutTheTokenOfThePageIsRefused() throws Exception {
        HttpResponse<String> answer = send(management(Service.ORDER, "/actuator/jolokia").header("Authorization", rig.operator.basic())
            .POST(BodyPublishers.ofString("{\"type\":\"version\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void jolokiaOpensNoConnectionThatACallerAsksFor() throws Exception {
        try (ServerSocket trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JsonNode answer = jolokia("{'type':'read','mbean':'java.lang:type=Runtime','attribute':'Pid','target':{'url':'service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi'}}"
                .formatted(trap.getLocalPort()));
            trap.setSoTimeout(500);
            assertThat(accepted(trap)).as("a connection to where the caller pointed").isFalse();
            if (answer.path("status").asInt() == 200) {
                assertThat(answer.path("value").asLong()).isEqualTo(ProcessHandle.current().pid());
            }
        }
    }

    // The ports

    @Test
    void everythingListensOnTheLoopbackAddressAlone() throws Exception {
        List<Integer> ports = new ArrayList<>(List.of(rig.ports.kafka, rig.ports.postgres));
        for (Service service : Service.values()) {
            ports.addAll(List.of(rig.port(service), rig.managementPort(service)));
        }
        // Where 127.0.0.2 is this machine too, as on Linux, only a listener on every address answers there.
        List<InetAddress> elsewhere = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.2")));
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).filter(address -> !address.isLoopbackAddress()).forEach(elsewhere::add);
        for (int port : ports) {
            assertThat(answers(InetAddress.getByName("127.0.0.1"), port)).as("port %d on 127.0.0.1", port).isTrue();
            for (InetAddress address : elsewhere) {
                assertThat(answers(address, port)).as("port %d on %s", port, address).isFalse();
            }
        }
    }

    @Test
    void nothingListensOnTheJmxPort() throws Exception {
        assertThat(answers(InetAddress.getByName("127.0.0.1"), 1099)).isFalse();
        assertThat(System.getProperty("com.sun.management.jmxremote.port")).isNull();
    }

    private static boolean answers(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean accepted(ServerSocket trap) throws IOException {
        try (Socket socket = trap.accept()) {
            return socket.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    private static JsonNode isAProblem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as("status; the answer is %s", answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(answer.body()).doesNotMatch(INSIDES);
        assertThat(answer.headers().map()).doesNotContainKeys("X-Powered-By", "Server");
        return problem;
    }

    private static String mbean(String pattern) throws Exception {
        JsonNode found = jolokia("{'type':'search','mbean':'%s'}".formatted(pattern)).path("value");
        assertThat(found).as("MBeans of %s", pattern).isNotEmpty();
        return found.get(0).asText().replace("\"", "\\\"");
    }

    /** Asks as the console does: with the login, and the token of the page. */
    private static JsonNode jolokia(String request) throws Exception {
        String login = rig.operator.basic();
        HttpResponse<String> page = send(management(Service.ORDER, "/actuator/jolokia/version").header("Authorization", login));
        assertThat(page.statusCode()).isEqualTo(200);
        String token = page.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith("XSRF-TOKEN=")).findFirst().orElseThrow().split("[=;]")[1];
        HttpResponse<String> answer = send(management(Service.ORDER, "/actuator/jolokia").header("Authorization", login).header("Cookie", "XSRF-TOKEN=" + token)
            .header("X-XSRF-TOKEN", token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(request.replace('\'', '"'))));
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String basic(String username, String password) {
        return new Login(username, password).basic();
    }

    private static HttpRequest.Builder orders() {
        return api(Service.ORDER, "/orders").header("Authorization", Shop.LOGIN);
    }

    private static HttpRequest.Builder api(Service service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port(service) + path));
    }

    private static HttpRequest.Builder management(Service service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.managementPort(service) + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ObjectNode line(ObjectNode order) {
        return (ObjectNode) order.withArray("lines").get(0);
    }

    private static String order() {
        return order(order -> { });
    }

    /** A good order of one line, changed. */
    private static String order(Consumer<ObjectNode> change) {
        ObjectNode order = JSON.createObjectNode().put("customer", "ann").put("currency", "EUR").put("paymentMethod", "pm_card_ok");
        order.withArray("lines").addObject().put("sku", "TEAPOT").put("quantity", 1);
        change.accept(order);
        return order.toString();
    }
}
