package dev.brigade.worker.remote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real HTTP server on loopback that answers with the bytes of a script. */
final class TestingServer implements AutoCloseable {

    /** What it was sent. */
    record Request(String method, String path, Map<String, String> headers, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** Answers one request; false closes the connection. */
    @FunctionalInterface
    interface Script {
        boolean answer(Socket socket) throws IOException;
    }

    private static final String STREAM_HEAD =
            """
            HTTP/1.1 200 OK
            Content-Type: text/event-stream; charset=utf-8
            Transfer-Encoding: chunked

            """;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    TestingServer() throws IOException {
        this(0);
    }

    TestingServer(int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().name("testing-server").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** What it answers to a path, one after another; the last one again and again. */
    TestingServer on(String path, Script... answers) {
        scripts.put("/v1" + path, new ArrayDeque<>(Arrays.asList(answers)));
        return this;
    }

    /** Requests of a path. */
    List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals("/v1" + path)).toList();
    }

    /** The body of the last request of a path. */
    JsonNode body(String path) {
        return requests(path).getLast().json();
    }

    /** Whether a client closed the connection on which {@link #hang} waits. */
    boolean awaitHangUp() throws InterruptedException {
        return hungUp.await(20, TimeUnit.SECONDS);
    }

    int connections() {
        return open.size();
    }

    static Script json(int status, String body, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(status, bytes.length, more);
        return socket -> {
            write(socket, head);
            socket.getOutputStream().write(bytes);
            return true;
        };
    }

    /** A stream of events to its proper end. */
    static Script events(String... data) {
        return socket -> {
            begin(socket, data);
            write(socket, "0\r\n\r\n");
            return true;
        };
    }

    /** A stream of events that breaks off behind those. */
    static Script broken(String... data) {
        return socket -> {
            begin(socket, data);
            return false;
        };
    }

    /** A stream of events behind which nothing comes until the client hangs up. */
    Script hang(String... data) {
        return socket -> {
            begin(socket, data);
            awaitEnd(socket);
            return false;
        };
    }

    /** No answer at all. */
    Script silence() {
        return socket -> {
            awaitEnd(socket);
            return false;
        };
    }

    private void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing more is expected.
            }
        } catch (IOException reset) {
            // That is an end too.
        }
        hungUp.countDown();
    }

    private static void begin(Socket socket, String... data) throws IOException {
        write(socket, STREAM_HEAD.replace("\n", "\r\n"));
        for (String each : data) {
            byte[] bytes = ("data: " + each + "\n\n").getBytes(StandardCharsets.UTF_8);
            // In two pieces, so that characters and lines are cut.
            int half = bytes.length / 2;
            chunk(socket, Arrays.copyOf(bytes, half));
            chunk(socket, Arrays.copyOfRange(bytes, half, bytes.length));
        }
    }

    private static void chunk(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        write(socket, Integer.toHexString(bytes.length) + "\r\n");
        out.write(bytes);
        write(socket, "\r\n");
        out.flush();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                var _ = Thread.ofVirtual().name("testing-connection").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Request request = read(in);
                requests.add(request);
                if (!script(request.path()).answer(socket)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client has gone, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private Script script(String path) {
        Deque<Script> due = Objects.requireNonNull(scripts.get(path), path);
        synchronized (due) {
            return due.size() > 1 ? due.removeFirst() : due.getFirst();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(first[0], first[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client has gone");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
