package dev.brigade.worker.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The events of a stream of server-sent events, one line of data each. */
final class EventLines {

    private static final int MOST_LINE_BYTES = 1 << 20;
    private static final int MOST_BYTES = 1 << 26;
    private static final String DATA = "data:";

    private final Exchange exchange;
    private final Queue<String> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long bytes;

    EventLines(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The next event's data; empty at the end. */
    Optional<String> next(CallTime time) throws CallFailure, CallCancelled, InterruptedException {
        while (ready.isEmpty()) {
            Optional<List<ByteBuffer>> more = exchange.next(time);
            if (more.isEmpty()) {
                endLine();
                return Optional.ofNullable(ready.poll());
            }
            for (ByteBuffer buffer : more.get()) {
                read(buffer);
            }
        }
        return Optional.of(ready.remove());
    }

    private void read(ByteBuffer buffer) throws CallFailure {
        bytes += buffer.remaining();
        if (bytes > MOST_BYTES) {
            throw CallFailure.malformed("with more than " + MOST_BYTES + " bytes");
        }
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            if (next == '\n') {
                endLine();
            } else {
                line.write(next);
                if (line.size() > MOST_LINE_BYTES) {
                    throw CallFailure.malformed("with a line of over a MiB");
                }
            }
        }
    }

    /** Comments, empty lines and other fields than data say nothing to us. */
    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.startsWith(DATA)) {
            ready.add(text.substring(DATA.length()).strip());
        }
    }
}
