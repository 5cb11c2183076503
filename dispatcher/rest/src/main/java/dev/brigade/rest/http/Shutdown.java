package dev.brigade.rest.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the calls that are still open when the server has waited for them long enough. They are told
 * so, and their requests go on: a client can follow them at another instance. Without this, the
 * closing of the connections would look like clients that hang up, and cancel every request.
 */
@Component
public final class Shutdown implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration MOST = Duration.ofSeconds(2);

    /** What an open call is told. */
    public static final String STOPPING =
            "The server is stopping; the request goes on, and can be read at"
                    + " /v1/requests/{x-request-id}";

    private final OpenCalls calls;
    private volatile boolean running;
    private volatile boolean underWay;

    Shutdown(OpenCalls calls) {
        this.calls = calls;
    }

    /** Whether open calls must end now. */
    public boolean isUnderWay() {
        return underWay;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        underWay = true;
        running = false;
        long giveUpAt = System.nanoTime() + MOST.toNanos();
        try {
            while (calls.count() > 0 && System.nanoTime() < giveUpAt) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (calls.count() > 0) {
            log.warn("{} calls are cut off", calls.count());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Behind the server's own wait for open calls, and before it closes their connections. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }
}
