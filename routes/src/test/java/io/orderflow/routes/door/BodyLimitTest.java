package io.orderflow.routes.door;

import static io.orderflow.routes.batch.Json.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.routes.door.OpenDoor.Seen;
import io.orderflow.routes.door.OpenDoor.Visitor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

@OpenDoor
class BodyLimitTest {
    @Autowired
    BlockingQueue<Seen> seen;

    @Autowired
    Visitor visitor;

    @BeforeEach
    void forget() {
        seen.clear();
    }

    static Stream<Named<Function<byte[], BodyPublisher>>> ways() {
        return Stream.of(
            Named.of("announced", BodyPublishers::ofByteArray),
            Named.of("chunked", body -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        return post("/probe/1", body);
    }

    private HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
        return Visitor.HTTP.send(visitor.request(path).header("Content-Type", "application/json").POST(body).build(), BodyHandlers.ofString());
    }

    private void refuses(HttpResponse<String> answer, int status, String title) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith(Problem.MEDIA_TYPE));
        assertThat(JSON.readValue(answer.body(), Problem.class)).extracting(Problem::status, Problem::title).containsExactly(status, title);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refusesABodyAboveTheLimit(Function<byte[], BodyPublisher> way) throws Exception {
        refuses(post(way.apply("x".repeat(BodyLimit.LIMIT + 1).getBytes(UTF_8))), 413, "Content Too Large");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void letsABodyInThatReachesTheLimit(Function<byte[], BodyPublisher> way) throws Exception {
        var body = "x".repeat(BodyLimit.LIMIT).getBytes(UTF_8);

        assertThat(post(way.apply(body)).statusCode()).isEqualTo(200);
        assertThat(seen.take().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void letsMoreInWhereMoreIsAllowed(Function<byte[], BodyPublisher> way) throws Exception {
        var most = "x".repeat(2 * BodyLimit.LIMIT);

        assertThat(post("/probe/many", way.apply(most.getBytes(UTF_8))).statusCode()).isEqualTo(200);
        assertThat(seen.take().body()).hasSize(2 * BodyLimit.LIMIT);
        refuses(post("/probe/many", way.apply((most + "x").getBytes(UTF_8))), 413, "Content Too Large");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void handsTheBodyOnAsItCame(Function<byte[], BodyPublisher> way) throws Exception {
        var body = "{\"customer\": \"Zoë 李 👩\"}".getBytes(UTF_8);

        assertThat(post(way.apply(body)).statusCode()).isEqualTo(200);
        assertThat(seen.take().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refusesABodyThatIsNoText(Function<byte[], BodyPublisher> way) throws Exception {
        refuses(post(way.apply(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'})), 400, "Bad Request");
    }

    @Test
    void letsARequestInThatHasNoBody() throws Exception {
        assertThat(post(BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    }
}
