package dev.brigade.rest.sse;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.ClientGoneException;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.Shutdown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Writes events to an HTTP client as they come, on the thread of the HTTP call. Between events it
 * looks whether the client is still there, and in longer silences sends a comment, so that a
 * hang-up is noticed whatever the request waits for.
 */
@Component
public final class EventLoop {

    private final Shutdown shutdown;
    private final Duration keepAlive;
    private final Duration hangUpCheck;

    EventLoop(RestProperties properties, Shutdown shutdown) {
        this.shutdown = shutdown;
        this.keepAlive = properties.keepAlive();
        this.hangUpCheck = properties.hangUpCheck();
    }

    /**
     * Writes until the last event, and completes the answer.
     *
     * @param firstByte silence after which the answer begins with a comment; until then a failure
     *     is an HTTP status
     * @throws ApiException for a failure before anything was written
     * @throws IOException when the client has gone
     */
    public <E> void run(
            EventQueue<E> events,
            ClientConnection connection,
            SseWriter output,
            Duration firstByte,
            Target<E> target)
            throws IOException, InterruptedException {
        boolean open = true;
        long lastSentNanos = System.nanoTime();
        while (open && !shutdown.isUnderWay()) {
            Optional<E> event = events.next(hangUpCheck);
            if (event.isPresent()) {
                open = target.write(event.get());
                lastSentNanos = System.nanoTime();
            } else if (idle(connection, output, firstByte, lastSentNanos)) {
                lastSentNanos = System.nanoTime();
            }
        }
        if (open) {
            fail(output, ApiError.of(ErrorCode.NOT_READY, Shutdown.STOPPING));
        }
        output.end();
    }

    /** Whether something was sent. */
    private boolean idle(
            ClientConnection connection, SseWriter output, Duration firstByte, long lastSentNanos)
            throws IOException {
        if (connection.isGone()) {
            throw new ClientGoneException();
        }
        Duration silence = output.isStarted() ? keepAlive : firstByte;
        boolean due = System.nanoTime() - lastSentNanos >= silence.toNanos();
        if (due) {
            output.comment("keep-alive");
        }
        return due;
    }

    /**
     * Tells a failure, as the last event of a stream that has begun.
     *
     * @throws ApiException when it has not
     */
    public static void fail(SseWriter output, ApiError error) throws IOException {
        if (!output.isStarted()) {
            throw new ApiException(error);
        }
        output.data(Json.text(ErrorBody.of(error)));
    }

    /** Writes one event in the form of its stream. */
    @FunctionalInterface
    public interface Target<E> {

        /** Whether more will come. */
        boolean write(E event) throws IOException;
    }
}
