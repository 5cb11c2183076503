package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read earlier requests from the log, each with a consumer and an end of its own; no
 * more than a limit at a time. Platform threads, since a consumer's network wait would hold the
 * carriers of virtual ones.
 */
final class Followers {

    private final ClientSettings settings;
    private final Function<String, RequestLog> logs;
    private final Semaphore free;
    private final AtomicLong number = new AtomicLong();
    private final Map<OpenRequest, Thread> followed = new ConcurrentHashMap<>();

    Followers(ClientSettings settings, Function<String, RequestLog> logs) {
        this.settings = settings;
        this.logs = logs;
        this.free = new Semaphore(settings.maxFollowers());
    }

    /**
     * Starts to follow.
     *
     * @throws BrigadeException {@code too_many_requests} when the limit is reached
     */
    void start(OpenRequest request, long startingAfter) {
        if (!free.tryAcquire()) {
            throw new BrigadeException(
                    Failure.outcomeUnknown(
                            request.id(),
                            ErrorCode.TOO_MANY_REQUESTS,
                            settings.maxFollowers() + " earlier requests are being followed"));
        }
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("brigade-client-follower-" + number.getAndIncrement())
                        .unstarted(() -> follow(request, startingAfter));
        followed.put(request, thread);
        thread.start();
    }

    /** Ends all; the interruption ends what a thread is waiting for. */
    void close(Function<String, Failure> failure) {
        followed.forEach((request, thread) -> {
            request.fail(failure.apply(request.id()));
            thread.interrupt();
        });
    }

    private void follow(OpenRequest request, long startingAfter) {
        try (RequestLog log = logs.apply(request.id())) {
            Optional<RequestState> state = log.find(settings.lookupTimeout());
            if (state.isEmpty()) {
                request.fail(noSuchRequest(request.id()));
                return;
            }
            Duration left = left(state.get());
            long giveUpAt = System.nanoTime() + left.toNanos();
            log.follow(request, startingAfter, replyIn(state.get()), giveUpAt);
            request.fail(noReply(request.id(), left));
        } catch (BrigadeException e) {
            request.fail(e.failure());
        } catch (KafkaException | IllegalStateException e) {
            request.fail(unreadable(request.id(), e));
        } finally {
            followed.remove(request);
            free.release();
        }
    }

    private Duration left(RequestState state) {
        if (state instanceof RequestState.Open open) {
            Long deadlineMs = open.request().getDeadlineMs();
            Duration allowed =
                    deadlineMs == null ? settings.defaultDeadline() : Duration.ofMillis(deadlineMs);
            Duration left = Duration.between(Instant.now(), open.acceptedAt().plus(allowed));
            return (left.isNegative() ? Duration.ZERO : left).plus(settings.replyGrace());
        }
        return settings.lookupTimeout();
    }

    private static @Nullable Reply replyIn(RequestState state) {
        return state instanceof RequestState.Ended ended ? ended.reply() : null;
    }

    private static Failure noSuchRequest(String id) {
        return Failure.certain(
                id, ErrorCode.REQUEST_NOT_FOUND, "no such request, or it is past retention");
    }

    private static Failure noReply(String id, Duration waited) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.DEADLINE_EXCEEDED,
                "no terminal within " + waited.toMillis() + " ms; it may still come");
    }

    private static Failure unreadable(String id, RuntimeException cause) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.NOT_READY,
                "the log cannot be read (%s); the answer may still come"
                        .formatted(cause.getClass().getSimpleName()));
    }
}
