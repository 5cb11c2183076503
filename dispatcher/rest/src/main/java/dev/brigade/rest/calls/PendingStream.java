package dev.brigade.rest.calls;

import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.http.Shutdown;
import dev.brigade.rest.sse.EventLoop;
import dev.brigade.rest.sse.EventQueue;
import dev.brigade.rest.sse.SseWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes the events of a request that is under way to its HTTP client, until it ends or goes. */
@Component
public final class PendingStream {

    private static final Logger log = LoggerFactory.getLogger(PendingStream.class);

    private final EventLoop loop;
    private final Shutdown shutdown;

    PendingStream(EventLoop loop, Shutdown shutdown) {
        this.loop = loop;
        this.shutdown = shutdown;
    }

    /**
     * Writes on this thread until the last event; then forgets the request here.
     *
     * @param firstByte silence after which the answer begins with a comment; until then a failure
     *     is an HTTP status
     * @param cancelOnHangUp whether the request is cancelled when its client goes
     * @param form how an event is written
     * @throws ApiException for a failure before anything was written
     */
    public <E> void write(
            Pending<?> pending,
            EventQueue<E> events,
            HttpServletRequest request,
            HttpServletResponse response,
            Duration firstByte,
            boolean cancelOnHangUp,
            Function<SseWriter, EventLoop.Target<E>> form) {
        response.setHeader(RequestIdFilter.HEADER, pending.requestId());
        try {
            SseWriter output = new SseWriter(response);
            loop.run(events, ClientConnection.of(request), output, firstByte, form.apply(output));
        } catch (IOException gone) {
            hangUp(pending, cancelOnHangUp);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pending.detacher().run();
        }
    }

    private void hangUp(Pending<?> pending, boolean cancelOnHangUp) {
        if (shutdown.isUnderWay()) {
            return;
        }
        log.info("client of request {} hung up", pending.requestId());
        if (cancelOnHangUp) {
            Cancelling.cancel(pending);
        }
    }
}
