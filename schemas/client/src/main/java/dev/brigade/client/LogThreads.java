package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read requests and batches from the log, each with a consumer and an end of its own;
 * no more than a limit at a time. Platform threads, since a consumer's network wait would hold the
 * carriers of virtual ones.
 */
final class LogThreads {

    private final int most;
    private final Semaphore free;
    private final AtomicLong number = new AtomicLong();
    private final Map<Followed, Thread> followed = new ConcurrentHashMap<>();
    private volatile @Nullable Function<String, Failure> closing;

    LogThreads(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /**
     * Starts to read. What the work throws of Kafka or of this client fails what it reads.
     *
     * @throws BrigadeException {@code too_many_requests} when the limit is reached
     */
    void start(Followed what, Runnable work) {
        if (!free.tryAcquire()) {
            throw new BrigadeException(
                    Failure.outcomeUnknown(
                            what.id(),
                            ErrorCode.TOO_MANY_REQUESTS,
                            most + " earlier requests and batches are being followed"));
        }
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("brigade-client-follower-" + number.getAndIncrement())
                        .unstarted(() -> run(what, work));
        followed.put(what, thread);
        thread.start();
        Function<String, Failure> closed = closing;
        if (closed != null) {
            end(what, thread, closed);
        }
    }

    /** Ends all; the interruption ends what a thread is waiting for. */
    void close(Function<String, Failure> failure) {
        closing = failure;
        followed.forEach((what, thread) -> end(what, thread, failure));
    }

    private static void end(Followed what, Thread thread, Function<String, Failure> failure) {
        what.fail(failure.apply(what.id()));
        thread.interrupt();
    }

    private void run(Followed what, Runnable work) {
        try {
            work.run();
        } catch (BrigadeException e) {
            what.fail(e.failure());
        } catch (KafkaException | IllegalStateException e) {
            what.fail(unreadable(what.id(), e));
        } finally {
            followed.remove(what);
            free.release();
        }
    }

    private static Failure unreadable(String id, RuntimeException cause) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.NOT_READY,
                "the log cannot be read (%s); the answer may still come"
                        .formatted(cause.getClass().getSimpleName()));
    }
}
