package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import java.util.Optional;

/** What can happen to one request. Each names the request, by which its state is found. */
public sealed interface Event {

    String requestId();

    /** A request's record was read. Repeats of an id are ignored. */
    record RequestArrived(Request request) implements Event {
        @Override
        public String requestId() {
            return request.id();
        }
    }

    /**
     * A record with a usable key was read that cannot become a request: undecodable, unknown
     * schema, null value, against the contract's rules, or a task that is not supported. One
     * without a usable key is the shell's to put among the dead letters.
     */
    record Unusable(String requestId, Failure failure, ReplyTo replyTo, long receivedAtMs)
            implements Event {}

    record CancelArrived(String requestId) implements Event {}

    /**
     * The request is the first with its idempotency key, or goes on for one that ended unanswered.
     *
     * @param checkpoint what that one had completed
     */
    record ClaimGranted(String requestId, Optional<Checkpoint> checkpoint) implements Event {}

    /** Another request has the idempotency key. */
    record ClaimRefused(String requestId, String originalRequestId) implements Event {}

    /** The scheduler let the job out to the workers. */
    record JobReleased(String requestId, String stage, String jobId) implements Event {}

    /** The scheduler does not take the job. */
    record JobRefused(String requestId, String stage, String jobId, Code code) implements Event {}

    record AttemptStarted(Attempt attempt) implements Event {
        @Override
        public String requestId() {
            return attempt.requestId();
        }
    }

    record AttemptProgressed(Attempt attempt) implements Event {
        @Override
        public String requestId() {
            return attempt.requestId();
        }
    }

    /** The answer's epoch is the attempt's. */
    record AttemptFinished(Attempt attempt, Answer answer) implements Event {
        @Override
        public String requestId() {
            return attempt.requestId();
        }
    }

    /**
     * @param message for the application; never holds prompt or answer text
     * @param retriable whether the worker thinks that another attempt may succeed
     * @param crashed whether the engine's process ended while it worked on the job
     */
    record AttemptFailed(
            Attempt attempt, Code code, String message, boolean retriable, boolean crashed)
            implements Event {
        @Override
        public String requestId() {
            return attempt.requestId();
        }
    }

    /**
     * A participant says what became of a compensation.
     *
     * @param attempt that it answers
     * @param message for people; never holds prompt or answer text
     */
    record CompensationAnswered(
            String requestId,
            String compensationId,
            String stage,
            int attempt,
            boolean succeeded,
            Optional<String> message)
            implements Event {}

    /** The request's timer is due. Too early or too often is harmless. */
    record TimerFired(String requestId) implements Event {}
}
