package dev.brigade.standalone.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.brigade.contract.serde.BuiltInSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema registry on loopback that speaks the reading half of Confluent's REST API and serves the
 * contract's schemas under their fixed ids.
 */
public final class RegistryEndpoint implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int BACKLOG = 64;
    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpServer server;
    private final SchemaRoutes routes = new SchemaRoutes(BuiltInSchemas.instance());
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("registry-", 0).factory());

    private RegistryEndpoint(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param port port on 127.0.0.1; 0 picks a free one
     * @throws IOException when the port is taken
     */
    public static RegistryEndpoint start(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var endpoint = new RegistryEndpoint(HttpServer.create(address, BACKLOG));
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.createContext("/", endpoint::handle);
        endpoint.server.start();
        return endpoint;
    }

    /** Base of the API, without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RegistryAnswer answer = answer(exchange);
            byte[] body = JsonMapper.shared().writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private RegistryAnswer answer(HttpExchange exchange) throws IOException {
        List<String> path;
        try {
            path = segments(exchange.getRequestURI().getRawPath());
        } catch (IllegalArgumentException e) {
            return RegistryAnswer.error(400, "the path is not well encoded");
        }
        return switch (exchange.getRequestMethod()) {
            case "GET" -> routes.get(path);
            case "POST" -> post(exchange, path);
            default -> RegistryAnswer.error(405, "HTTP 405 Method Not Allowed");
        };
    }

    private RegistryAnswer post(HttpExchange exchange, List<String> path) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                return RegistryAnswer.error(413, "the body is larger than 1 MiB");
            }
            return routes.post(path, new String(body, StandardCharsets.UTF_8));
        }
    }

    private static List<String> segments(String rawPath) {
        return Arrays.stream(rawPath.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
                .toList();
    }
}
