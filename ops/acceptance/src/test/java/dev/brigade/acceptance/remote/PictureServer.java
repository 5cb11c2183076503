package dev.brigade.acceptance.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands for a vision-language model on a server: it decodes the picture of a chat and says
 * "Technical." of white ones, "No. Discard!" of black ones, and nothing to the point of others.
 */
final class PictureServer implements AutoCloseable {

    static final String MODEL = "vikhyatk/moondream2";
    static final String KEY = "a-key-that-nobody-else-has";

    private static final int WHITE = 0xF0F0F0;
    private static final int BLACK = 0x101010;

    /**
     * A picture that it was asked about.
     *
     * @param question beside it
     */
    record Seen(int width, int height, String format, String question, int maxTokens) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    4, Thread.ofPlatform().daemon().name("picture-server-", 0).factory());
    private final HttpServer http;

    PictureServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext(
                "/v1/models", exchange -> answer(exchange, "application/json", models()));
        http.createContext("/v1/chat/completions", this::chat);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
    }

    List<Seen> seen() {
        return seen;
    }

    private static String models() {
        return "{\"object\":\"list\",\"data\":[{\"id\":\"" + MODEL + "\"}]}";
    }

    private void chat(HttpExchange exchange) throws IOException {
        JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        JsonNode parts = body.path("messages").path(0).path("content");
        String url = parts.path(0).path("image_url").path("url").asString("");
        int comma = url.indexOf(";base64,");
        byte[] bytes = Base64.getDecoder().decode(url.substring(comma + ";base64,".length()));
        BufferedImage picture =
                Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)));
        seen.add(
                new Seen(
                        picture.getWidth(),
                        picture.getHeight(),
                        url.substring("data:".length(), comma),
                        parts.path(1).path("text").asString(""),
                        body.path("max_tokens").asInt(0)));
        answer(exchange, "text/event-stream", said(opinion(picture)));
    }

    private static String opinion(BufferedImage picture) {
        int colour = picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2) & 0xFFFFFF;
        if (colour > WHITE) {
            return "Technical.";
        }
        return colour < BLACK ? "No. Discard!" : "A nice picture.";
    }

    private static String said(String text) {
        return """
        data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"choices":[{"index":0,"delta":{"content":"%s"}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":700,"completion_tokens":3}}

        data: [DONE]

        """
                .formatted(text);
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(("Bearer " + KEY).equals(key) ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
