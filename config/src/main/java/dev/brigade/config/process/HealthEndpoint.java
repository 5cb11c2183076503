package dev.brigade.config.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A loopback HTTP endpoint for programs without a web server of their own: {@code GET /health} says
 * that the process lives, {@code GET /health/ready} whether it can work (200) or why not (503), and
 * {@code GET /metrics} how much it works, where it counts that.
 */
public final class HealthEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("health-", 0).factory());

    private HealthEndpoint(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param port port on the loopback interface; 0 picks a free one
     * @param service name shown in the answers
     * @param readiness asked at every request; must answer at once
     * @throws IOException when the port is taken
     */
    public static HealthEndpoint start(int port, String service, Supplier<Readiness> readiness)
            throws IOException {
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        HealthEndpoint endpoint = new HealthEndpoint(server);
        server.setExecutor(endpoint.threads);
        server.createContext(
                "/health/ready", exchange -> answer(exchange, readiness.get(), service));
        server.createContext(
                "/health", exchange -> answer(exchange, new Readiness.Ready("ok"), service));
        server.start();
        return endpoint;
    }

    /**
     * Starts to answer, at {@code /metrics} as well.
     *
     * @param metrics text in Prometheus' format, asked for at every request
     * @throws IOException when the port is taken
     */
    public static HealthEndpoint start(
            int port, String service, Supplier<Readiness> readiness, Supplier<String> metrics)
            throws IOException {
        HealthEndpoint endpoint = start(port, service, readiness);
        endpoint.server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4", metrics.get()));
        return endpoint;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Readiness readiness, String service)
            throws IOException {
        String type = "application/json";
        switch (readiness) {
            case Readiness.Ready(String status) ->
                    answer(exchange, 200, type, json("status", status, service));
            case Readiness.NotReady(String reason) ->
                    answer(exchange, 503, type, json("reason", reason, service));
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String json(String key, String value, String service) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
        return "{\"service\":\"%s\",\"%s\":\"%s\"}".formatted(service, key, escaped);
    }

    /** Whether a program can work. */
    public sealed interface Readiness {

        /**
         * It can.
         *
         * @param status one word, such as {@code ready}
         */
        record Ready(String status) implements Readiness {}

        /**
         * It cannot yet.
         *
         * @param reason one line for the operator
         */
        record NotReady(String reason) implements Readiness {}
    }
}
