package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads models and workers from when they are first asked for. Safe for use by many threads. */
final class ModelView {

    private final ClientSettings settings;
    private final ModelBoard board;
    private @Nullable ModelReader reader;
    private boolean closed;

    ModelView(ClientSettings settings, ModelBoard board) {
        this.settings = settings;
        this.board = board;
    }

    /**
     * The board, when it has caught up.
     *
     * @throws BrigadeException {@code not_ready} when it does not in time
     */
    ModelBoard board() {
        try {
            reader().caughtUp().get(settings.lookupTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return board;
        } catch (TimeoutException | ExecutionException e) {
            throw notRead(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notRead(e);
        }
    }

    synchronized void close() {
        closed = true;
        if (reader != null) {
            reader.close();
        }
    }

    private synchronized ModelReader reader() {
        if (closed) {
            throw new BrigadeException(
                    Failure.certain(null, ErrorCode.NOT_READY, "the client is closed"));
        }
        ModelReader current = reader;
        if (current == null) {
            current = new ModelReader(KafkaProperties.consumer(settings), board);
            reader = current;
            Thread.ofPlatform().daemon().name("brigade-client-models").start(current);
        }
        return current;
    }

    private BrigadeException notRead(Exception cause) {
        return new BrigadeException(
                Failure.certain(
                        null,
                        ErrorCode.NOT_READY,
                        "models could not be read from Kafka at %s within %d ms"
                                .formatted(
                                        settings.bootstrapServers(),
                                        settings.lookupTimeout().toMillis())),
                cause);
    }
}
