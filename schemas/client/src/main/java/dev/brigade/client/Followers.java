package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads earlier requests from the log, each on a thread of its own. */
final class Followers {

    private final ClientSettings settings;
    private final Function<String, RequestLog> logs;
    private final LogThreads threads;

    Followers(ClientSettings settings, Function<String, RequestLog> logs, LogThreads threads) {
        this.settings = settings;
        this.logs = logs;
        this.threads = threads;
    }

    /**
     * Starts to follow.
     *
     * @throws BrigadeException {@code too_many_requests} when the limit is reached
     */
    void start(OpenRequest request, long startingAfter) {
        threads.start(request, () -> follow(request, startingAfter));
    }

    private void follow(OpenRequest request, long startingAfter) {
        try (RequestLog log = logs.apply(request.id())) {
            Optional<RequestState> state = log.find(settings.lookupTimeout());
            if (state.isEmpty()) {
                request.fail(noSuchRequest(request.id()));
                return;
            }
            Duration left = left(settings, state.get());
            long giveUpAt = System.nanoTime() + left.toNanos();
            log.follow(request, startingAfter, replyIn(state.get()), giveUpAt);
            request.fail(noReply(request.id(), left));
        }
    }

    /** Time in which the terminal of a request must come. */
    static Duration left(ClientSettings settings, RequestState state) {
        if (state instanceof RequestState.Open open) {
            Long deadlineMs = open.request().getDeadlineMs();
            Duration allowed =
                    deadlineMs == null
                            ? settings.deadlineOf(open.request())
                            : Duration.ofMillis(deadlineMs);
            Duration left = Duration.between(Instant.now(), open.acceptedAt().plus(allowed));
            return (left.isNegative() ? Duration.ZERO : left).plus(settings.replyGrace());
        }
        return settings.lookupTimeout();
    }

    static @Nullable Reply replyIn(RequestState state) {
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
}
