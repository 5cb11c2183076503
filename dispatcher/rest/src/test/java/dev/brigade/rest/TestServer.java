package dev.brigade.rest;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.ledger.Ledger;
import dev.brigade.rest.ledger.TestingLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter on a free port, with a {@link TestingClient}. */
final class TestServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final TestingClient client;
    final TestingClock clock = new TestingClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final int port;

    TestServer(String... settings) {
        this(TestServer::connectedTo, ownLedger(), new TestingClient(), settings);
    }

    /** A server beside others that share its ledger; it may begin to work before this returns. */
    static TestServer sharing(Ledger ledger, TestingClient.Script script, String... settings) {
        TestingClient client = new TestingClient();
        client.script = script;
        return new TestServer(TestServer::connectedTo, ledger, client, settings);
    }

    /** A server whose connection is made otherwise. */
    static TestServer withConnection(BrigadeConnection connection, String... settings) {
        return new TestServer(_ -> () -> connection, ownLedger(), new TestingClient(), settings);
    }

    private static Supplier<BrigadeConnection> connectedTo(TestingClient client) {
        return () -> new BrigadeConnection(() -> client, Duration.ofMillis(10));
    }

    private static Ledger ownLedger() {
        return new TestingLedger().view().takeTurn();
    }

    private TestServer(
            Function<TestingClient, Supplier<BrigadeConnection>> connection,
            Ledger ledger,
            TestingClient client,
            String... settings) {
        this.client = client;
        List<String> arguments = new ArrayList<>(List.of("--brigade.rest.port=0"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        Supplier<BrigadeConnection> supplier = connection.apply(client);
        context =
                RestApplication.application()
                        .initializers(started -> {
                            GenericApplicationContext context = (GenericApplicationContext) started;
                            context.registerBean(BrigadeConnection.class, supplier);
                            context.registerBean(Ledger.class, () -> ledger);
                            context.registerBean(Clock.class, () -> clock);
                        })
                        .run(arguments.toArray(String[]::new));
        var webContext = (ServletWebServerApplicationContext) context;
        port = Objects.requireNonNull(webContext.getWebServer()).getPort();
    }

    /** Waits until the connection is there. */
    TestServer connected() {
        BrigadeConnection connection = context.getBean(BrigadeConnection.class);
        Awaitility.await().until(() -> connection.whyNotConnected().isEmpty());
        return this;
    }

    int port() {
        return port;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(posting(path, body));
    }

    /** Sends a form, written down as it goes over the wire. */
    HttpResponse<String> postForm(String path, Form form) {
        return send(
                request(path)
                        .header("Content-Type", form.contentType())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes())));
    }

    /** Sends a body on a connection of its own and reads nothing. */
    Socket postAndWait(String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head =
                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, body.length());
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The lines of an answer as they come. */
    Stream<String> lines(String path, String body) {
        return send(posting(path, body), BodyHandlers.ofLines()).body();
    }

    /** The pieces of a stream that ends as it should. */
    List<JsonNode> pieces(String path, String body) {
        List<String> events =
                post(path, body).body().lines().filter(line -> line.startsWith("data: ")).toList();
        if (events.isEmpty() || !events.getLast().equals("data: [DONE]")) {
            throw new IllegalStateException("not ended: " + events);
        }
        return events.subList(0, events.size() - 1).stream()
                .map(event -> JSON.readTree(event.substring("data: ".length())))
                .toList();
    }

    private HttpRequest.Builder posting(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** The official client of this server. To be closed. */
    OpenAIClient openai() {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:%d/v1".formatted(port))
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    /** What is mapped, such as {@code GET /health}. */
    Set<String> routes() {
        return context
                .getBean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(one ->
                        one.getPatternValues().stream()
                                .filter(path -> !path.equals("/error"))
                                .flatMap(path ->
                                        one.getMethodsCondition().getMethods().stream()
                                                .map(method -> method + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Stops the adapter while calls may be open. */
    void stop() {
        context.close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        context.close();
    }
}
