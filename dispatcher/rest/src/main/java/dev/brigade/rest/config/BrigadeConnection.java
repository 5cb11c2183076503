package dev.brigade.rest.config;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapter's one client, opened in the background, so that the HTTP side is up and can say what
 * is missing while the broker is not. Once open, the client reconnects by itself.
 */
public final class BrigadeConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrigadeConnection.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Supplier<BrigadeClient> opener;
    private final Duration retryPause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    // Guarded by this: a client that opens while we close must not be left behind.
    private @Nullable BrigadeClient client;
    private volatile String reason = "connecting to Kafka";

    /** Begins to connect at once. */
    public BrigadeConnection(Supplier<BrigadeClient> opener, Duration retryPause) {
        this.opener = opener;
        this.retryPause = retryPause;
        this.thread = Thread.ofPlatform().daemon().name("brigade-connect").start(this::connect);
    }

    /**
     * The client.
     *
     * @throws ApiException {@code not_ready} while there is none
     */
    public BrigadeClient client() {
        return current()
                .orElseThrow(() ->
                        new ApiException(
                                ApiError.of(
                                        ErrorCode.NOT_READY,
                                        "The server is not ready: " + reason)));
    }

    /** Why there is no client; empty when there is one. */
    public Optional<String> whyNotConnected() {
        return current().isPresent() ? Optional.empty() : Optional.of(reason);
    }

    private synchronized Optional<BrigadeClient> current() {
        return Optional.ofNullable(client);
    }

    private void connect() {
        try {
            while (closing.getCount() > 0 && !open()) {
                boolean stop = closing.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
                if (stop) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean open() {
        try {
            keep(opener.get());
            log.info("Connected to Kafka");
            return true;
        } catch (BrigadeException e) {
            String why = e.failure().message();
            if (!why.equals(reason)) {
                log.warn("Not connected to Kafka yet: {}", why);
            }
            reason = why;
            return false;
        } catch (RuntimeException e) {
            log.error("Cannot open the client", e);
            reason = "the client cannot be opened; the log says why";
            return false;
        }
    }

    private synchronized void keep(BrigadeClient opened) {
        if (closing.getCount() == 0) {
            opened.close();
        } else {
            client = opened;
        }
    }

    @Override
    public void close() {
        BrigadeClient open;
        synchronized (this) {
            closing.countDown();
            open = client;
            client = null;
            reason = "the server is stopping";
        }
        if (open != null) {
            open.close();
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
