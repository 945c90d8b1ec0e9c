package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Somebody at the door of an app, with nothing but HTTP and JSON. */
class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 20;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final String door;

    Caller(int port) {
        door = "http://127.0.0.1:" + port;
    }

    /** What was answered; a problem always comes as one. */
    record Told(int status, JsonNode body) {
        String detail() {
            return body.path("detail").asText();
        }
    }

    Told get(String path) {
        return send(HttpRequest.newBuilder(URI.create(door + path)));
    }

    /** What is there. */
    JsonNode read(String path) {
        Told told = get(path);
        assertThat(told.status()).as("status of GET %s, answered %s", path, told.body()).isEqualTo(200);
        return told.body();
    }

    /** Everything that a list has, page by page; meanwhile something happens between two pages. */
    List<JsonNode> pages(String path, Runnable between) {
        List<JsonNode> items = new ArrayList<>();
        for (String next = path; next != null;) {
            JsonNode page = read(next);
            page.path("items").forEach(items::add);
            next = page.path("next").asText(null);
            between.run();
        }
        return items;
    }

    Told post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(door + path)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    /** Says the same again where the answer is to try again, as a caller may who has given it an id; but not for ever. */
    Told insist(String path, String json) {
        Told told = post(path, json);
        for (int again = 1; told.status() == 503 && again < TRIES; again++) {
            told = post(path, json);
        }
        return told;
    }

    Told send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = http.send(request.header("Authorization", Shop.LOGIN).timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(answer.statusCode() < 400 ? "application/json" : "application/problem+json");
            return new Told(answer.statusCode(), answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does all of it at once, as far as a machine can. */
    static <T> List<T> atOnce(List<Callable<T>> calls) {
        ExecutorService crowd = Executors.newFixedThreadPool(Math.min(calls.size(), 50));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> call : crowd.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            crowd.shutdownNow();
        }
    }
}
