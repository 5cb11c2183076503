package dev.brigade.worker.remote;

import dev.brigade.config.RemoteOptions;
import dev.brigade.worker.backend.Cancellation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The server of one model. Connections are kept and used again, never more than calls ran at once;
 * redirects are not followed, so that the API key goes nowhere else. Thread-safe.
 */
final class Server implements AutoCloseable {

    private static final int MOST_ERROR_BYTES = 1 << 16;
    private static final int MOST_BYTES = 1 << 25;
    private static final int PATIENT_TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(4);
    private static final Set<Integer> BUSY = Set.of(429, 503);

    private final RemoteOptions options;
    private final Optional<String> key;
    private final ExecutorService threads;
    private final HttpClient http;

    Server(String modelId, RemoteOptions options, Optional<String> key) {
        this.options = options;
        this.key = key;
        this.threads =
                Executors.newFixedThreadPool(
                        2,
                        Thread.ofPlatform().daemon().name("remote-" + modelId + "-", 0).factory());
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(options.connectTimeout())
                        .executor(threads)
                        .build();
    }

    CallTime time(Duration limit, Cancellation cancellation) {
        return CallTime.of(limit, options.timeout(), cancellation);
    }

    /**
     * Posts, and returns when the head of a good answer is there. A server that is too busy is
     * asked again, as late as it wishes.
     *
     * @param path such as {@code /embeddings}
     */
    Exchange post(String path, JsonNode body, String accept, CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        byte[] bytes = Json.bytes(body);
        for (int tries = 1; ; tries++) {
            Exchange exchange = Exchange.open(http, request(path, bytes, accept), time);
            if (exchange.status() == 200) {
                return exchange;
            }
            try (exchange) {
                CallFailure failure = failure(exchange);
                boolean patient = tries < PATIENT_TRIES && BUSY.contains(exchange.status());
                Duration pause = pause(exchange);
                if (!patient || pause.compareTo(LONGEST_PAUSE) > 0 || !time.pause(pause)) {
                    throw failure;
                }
            }
        }
    }

    /** Posts, and returns the whole answer. */
    JsonNode post(String path, JsonNode body, CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        try (Exchange exchange = post(path, body, "application/json", time)) {
            return json(exchange);
        }
    }

    /**
     * Asks which models there are.
     *
     * @param model name of the one that should be among them
     */
    Presence look(String model, Duration limit) throws InterruptedException {
        CallTime time = time(limit, new Cancellation());
        HttpRequest request = addressed("/models", "application/json").GET().build();
        try (Exchange exchange = Exchange.open(http, request, time)) {
            int status = exchange.status();
            if (status == 200) {
                return Presence.of(exchange.whole(MOST_BYTES), model);
            }
            if (status >= 500 || status == 408 || status == 429) {
                return new Presence.Silent("answers HTTP " + status);
            }
            return status == 401 || status == 403
                    ? new Presence.Refused("refuses access (HTTP " + status + ")")
                    : new Presence.There(); // it answers, but tells no names
        } catch (CallFailure e) {
            return new Presence.Silent(e.reason());
        } catch (CallCancelled e) {
            return new Presence.Silent("the worker is ending");
        }
    }

    private static JsonNode json(Exchange exchange)
            throws CallFailure, CallCancelled, InterruptedException {
        return Json.read(exchange.whole(MOST_BYTES))
                .filter(JsonNode::isContainer)
                .orElseThrow(() -> CallFailure.malformed("with what is no JSON"));
    }

    private static CallFailure failure(Exchange exchange)
            throws CallCancelled, InterruptedException {
        byte[] body = {};
        try {
            body = exchange.whole(MOST_ERROR_BYTES);
        } catch (CallFailure e) {
            // The status says enough.
        }
        return ServerError.of(exchange.status(), body);
    }

    /** How long the server wishes to be left alone; a date instead of seconds is passed over. */
    private static Duration pause(Exchange exchange) {
        return exchange.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(PAUSE);
    }

    private HttpRequest request(String path, byte[] body, String accept) {
        return addressed(path, accept)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private HttpRequest.Builder addressed(String path, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(options.url() + path)).header("Accept", accept);
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** Breaks off what still runs. */
    @Override
    public void close() {
        http.shutdownNow();
        try {
            http.awaitTermination(END);
            threads.shutdownNow();
            threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
