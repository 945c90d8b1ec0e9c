package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orderflow.routes.EveryRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;

/** Who may ask what, told a second time here: what is new in the API has to be thought about by whoever adds it. */
@EveryRoute
class AdmissionsTest {
    private static final String ANYBODY = "anybody";
    private static final String CUSTOMER = "customer";
    private static final String OPERATOR = "operator";

    private static final Map<String, String> MATRIX = new TreeMap<>(Map.ofEntries(
        Map.entry("GET /orders", CUSTOMER), Map.entry("POST /orders", CUSTOMER), Map.entry("POST /orders/batch", CUSTOMER), Map.entry("GET /orders/{orderId}", CUSTOMER),
        Map.entry("GET /products", CUSTOMER), Map.entry("GET /products/{sku}", CUSTOMER), Map.entry("PUT /products/{sku}", OPERATOR),
        Map.entry("GET /stock", CUSTOMER), Map.entry("GET /stock/{sku}", CUSTOMER), Map.entry("GET /stock/{sku}/movements", OPERATOR),
        Map.entry("POST /stock/{sku}/receipts", OPERATOR), Map.entry("POST /stock/{sku}/adjustments", OPERATOR),
        Map.entry("GET /reservations/{orderId}", OPERATOR), Map.entry("GET /payments/{orderId}", OPERATOR),
        Map.entry("GET /parked", OPERATOR), Map.entry("GET /parked/{id}", OPERATOR), Map.entry("POST /parked/{id}/replay", OPERATOR), Map.entry("POST /parked/{id}/discard", OPERATOR),
        Map.entry("POST /parked/replay", OPERATOR), Map.entry("POST /parked/discard", OPERATOR)));
    /** What stands in no document. */
    private static final Map<String, String> OTHERS = Map.of("GET /", ANYBODY, "GET /index.html", ANYBODY, "GET /openapi.json", ANYBODY, "GET /webjars/swagger-ui/**", ANYBODY);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    @Autowired
    FilterChainProxy guard;

    @Autowired
    ApiDocument document;

    @Autowired
    ObjectProvider<Admissions> admissions;

    /** Each as who asks, with the name and password of a setting. */
    private static final Map<String, String> LOGINS = Map.of(CUSTOMER, "shopper:secret-1", OPERATOR, "clerk:secret-2");

    private record Answer(boolean letIn, MockHttpServletResponse response) {
    }

    private Answer ask(String method, String path, String login) throws Exception {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        if (login != null)
            request.addHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        var response = new MockHttpServletResponse();
        var inside = new MockFilterChain();
        guard.doFilter(request, response, inside);
        return new Answer(inside.getRequest() != null, response);
    }

    private static void isRefused(Answer answer, int status) throws IOException {
        assertThat(answer.letIn).isFalse();
        assertThat(answer.response.getStatus()).isEqualTo(status);
        assertThat(answer.response.getContentType()).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(JSON.readValue(answer.response.getContentAsByteArray(), Problem.class).status()).isEqualTo(status);
        assertThat(answer.response.getHeaders("WWW-Authenticate").toString()).isEqualTo(status == 401 ? "[Basic realm=\"orderflow\", charset=\"UTF-8\"]" : "[]");
    }

    private static String example(String path) {
        return path.replace("{orderId}", "0199aaaa-0000-7000-8000-000000000001").replace("{sku}", "TEAPOT").replace("{id}", "0199aaaa-0000-7000-8000-000000000002").replace("/**", "/some/thing");
    }

    @Test
    void everyEndpointOfTheDocumentsIsInTheMatrix() {
        var asked = document.document().getPaths().entrySet().stream()
            .flatMap(path -> path.getValue().readOperationsMap().keySet().stream().map(method -> method + " " + path.getKey()));

        assertThat(asked).containsExactlyInAnyOrderElementsOf(MATRIX.keySet());
    }

    @Test
    void nobodyIsLetInToMoreThanTheMatrixSays() {
        var admitted = admissions.stream().flatMap(Admissions::all).collect(Collectors.toMap(
            admission -> admission.method() + " " + admission.path(),
            admission -> admission.roles().isEmpty() ? ANYBODY : admission.roles().contains(Role.CUSTOMER) ? CUSTOMER : OPERATOR));

        assertThat(admitted).containsAllEntriesOf(MATRIX).containsAllEntriesOf(OTHERS).hasSize(MATRIX.size() + OTHERS.size());
    }

    @TestFactory
    Stream<DynamicTest> eachIsAskedByEachRole() {
        return MATRIX.entrySet().stream().map(entry -> dynamicTest(entry.toString(), () -> {
            var method = entry.getKey().split(" ")[0];
            var path = example(entry.getKey().split(" ")[1]);

            isRefused(ask(method, path, null), 401);
            isRefused(ask(method, path, "shopper:wrong"), 401);
            isRefused(ask(method, path, "operator:secret"), 401);
            assertThat(ask(method, path, LOGINS.get(OPERATOR)).letIn).isTrue();
            if (entry.getValue().equals(CUSTOMER))
                assertThat(ask(method, path, LOGINS.get(CUSTOMER)).letIn).isTrue();
            else
                isRefused(ask(method, path, LOGINS.get(CUSTOMER)), 403);
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatNobodyMayDoSomewhereIsNotDone() {
        var paths = MATRIX.keySet().stream().map(key -> key.split(" ")[1]).distinct();
        return paths.flatMap(path -> METHODS.stream().filter(method -> !MATRIX.containsKey(method + " " + path)).map(method -> dynamicTest(method + " " + path, () -> {
            var allowed = MATRIX.keySet().stream().filter(key -> matches(key.split(" ")[1], example(path))).map(key -> key.split(" ")[0]).distinct().sorted().toList();
            if (allowed.contains(method))
                return;
            isRefused(ask(method, example(path), null), 401);
            var answer = ask(method, example(path), LOGINS.get(OPERATOR));
            isRefused(answer, 405);
            assertThat(answer.response.getHeader("Allow")).isEqualTo(String.join(", ", allowed));
        })));
    }

    private static boolean matches(String pattern, String path) {
        return path.matches(pattern.replaceAll("\\{\\w+}", "[^/]+"));
    }

    @TestFactory
    Stream<DynamicTest> whereNothingIsNobodyIsLetIn() {
        return Stream.of("/no/such", "/orders/", "/orders/1/2", "/error", "/v1/orders", "/openapi.json/x", "/webjars/other/x.js", "/static/index.html", "/Orders").map(path -> dynamicTest(path, () -> {
            isRefused(ask("GET", path, null), 401);
            isRefused(ask("GET", path, LOGINS.get(CUSTOMER)), 404);
            isRefused(ask("GET", path, LOGINS.get(OPERATOR)), 404);
        }));
    }

    @Test
    void anybodyMayReadTheDocument() throws Exception {
        for (var path : List.of("/", "/index.html", "/openapi.json", "/webjars/swagger-ui/swagger-ui.css")) {
            assertThat(ask("GET", path, null).letIn).as(path).isTrue();
            isRefused(ask("POST", path, null), 401);
        }
    }

    @Test
    void noPageFromElsewhereIsLetIn() throws Exception {
        var request = new MockHttpServletRequest("OPTIONS", "/orders");
        request.setServletPath("/orders");
        request.addHeader("Origin", "https://elsewhere.example");
        request.addHeader("Access-Control-Request-Method", "POST");
        var response = new MockHttpServletResponse();
        guard.doFilter(request, response, new MockFilterChain());

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeaderNames()).noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }

    @Test
    void nothingIsKeptBetweenRequests() throws Exception {
        var answer = ask("GET", "/orders", LOGINS.get(CUSTOMER));

        assertThat(answer.letIn).isTrue();
        assertThat(answer.response.getCookies()).isEmpty();
        assertThat(answer.response.getHeader("Set-Cookie")).isNull();
        isRefused(ask("GET", "/orders", null), 401);
    }

    @Test
    void theLoginOfTheManagementPortIsNoneHereAndTheOtherWayRound() throws Exception {
        isRefused(ask("GET", "/orders", "operator:secret"), 401);
        assertThat(ask("GET", "/actuator/jolokia", "operator:secret").letIn).isTrue();
        for (var login : LOGINS.values())
            assertThat(ask("GET", "/actuator/jolokia", login)).satisfies(answer -> {
                assertThat(answer.letIn).isFalse();
                assertThat(answer.response.getStatus()).isEqualTo(401);
            });
    }

    @Test
    void thePageShowsTheMatrix() throws IOException {
        var page = Files.readString(Path.of("../docs/security.md"), UTF_8);
        var rows = Stream.concat(MATRIX.entrySet().stream(), OTHERS.entrySet().stream()).map(entry -> "| `%s` | %s |".formatted(entry.getKey(), entry.getValue())).toList();

        assertThat(Arrays.asList(page.split("\n"))).containsAll(rows);
    }
}
