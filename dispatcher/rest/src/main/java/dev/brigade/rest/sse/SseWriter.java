package dev.brigade.rest.sse;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes server-sent events, each flushed as it comes. Nothing is sent, and the status can still be
 * another, before the first of them. A slow reader makes it block, for at most the server's write
 * timeout. For one thread.
 */
public final class SseWriter {

    private final HttpServletResponse response;
    private boolean started;

    public SseWriter(HttpServletResponse response) {
        this.response = response;
    }

    /** Whether anything was sent. */
    public boolean isStarted() {
        return started;
    }

    /** An event of one line of data. */
    public void data(String data) throws IOException {
        send("data: " + data + "\n\n");
    }

    /** An event with an id, from which a reader can go on. */
    public void data(long id, String data) throws IOException {
        send("id: " + id + "\ndata: " + data + "\n\n");
    }

    /** An event of a kind. */
    public void event(String kind, String data) throws IOException {
        send("event: " + kind + "\ndata: " + data + "\n\n");
    }

    /** An event of a kind, with an id from which a reader can go on. */
    public void event(long id, String kind, String data) throws IOException {
        send("id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n");
    }

    /** A comment, which readers skip. */
    public void comment(String text) throws IOException {
        send(": " + text + "\n\n");
    }

    /** Completes the answer. */
    public void end() throws IOException {
        response.getOutputStream().close();
    }

    private void send(String event) throws IOException {
        start();
        OutputStream output = response.getOutputStream();
        output.write(event.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    private void start() {
        if (!started) {
            started = true;
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-cache");
            // Proxies must pass events on as they come.
            response.setHeader("X-Accel-Buffering", "no");
        }
    }
}
