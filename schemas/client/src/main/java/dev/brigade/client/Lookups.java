package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Places for reads of the log on callers' threads; each has a connection of its own. */
final class Lookups {

    private final ClientSettings settings;
    private final Semaphore free;

    Lookups(ClientSettings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.maxFollowers());
    }

    /**
     * Waits for a place, and reads.
     *
     * @throws BrigadeException {@code too_many_requests} when no place gets free in time, {@code
     *     not_ready} when Kafka does not answer
     */
    <T> T look(String requestId, Supplier<T> read) {
        take(requestId);
        try {
            return read.get();
        } catch (KafkaException e) {
            throw new BrigadeException(
                    Failure.outcomeUnknown(requestId, ErrorCode.NOT_READY, settings.unreachable()),
                    e);
        } finally {
            free.release();
        }
    }

    private void take(String requestId) {
        try {
            if (free.tryAcquire(settings.lookupTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BrigadeException(
                Failure.outcomeUnknown(
                        requestId,
                        ErrorCode.TOO_MANY_REQUESTS,
                        settings.maxFollowers() + " requests are being looked up"));
    }
}
