package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model call of a plan.
 *
 * @param triedModels model of each dispatch, the present one last
 * @param attempts begun over all dispatches
 * @param crashes of engines over all dispatches
 * @param call terms of the present dispatch
 * @param epoch newest attempt seen of the present dispatch
 * @param lastSignAtMs last sign of life of the released job
 * @param startedAtMs when the newest attempt began
 * @param endedAtMs when it was done or given up
 * @param answer present when done
 * @param failure present when failed
 * @param likeness of the texts that it embedded; their vectors are not kept
 * @param resumed whether an earlier request with the same idempotency key did it
 */
public record StageState(
        String id,
        List<String> triedModels,
        int attempts,
        int crashes,
        Status status,
        Call call,
        Optional<Epoch> epoch,
        OptionalLong lastSignAtMs,
        OptionalLong startedAtMs,
        OptionalLong endedAtMs,
        Optional<Answer> answer,
        Optional<Failure> failure,
        Optional<Likeness> likeness,
        boolean resumed) {

    /** Where the present dispatch stands. */
    public enum Status {
        /** In its model's queue. */
        WAITING,
        /** Refused by a full queue; the same job is sent to it again later. */
        HELD,
        /** Out to the workers. */
        RELEASED,
        /** An attempt has begun. */
        RUNNING,
        /** An answer was accepted. */
        DONE,
        /** Given up; none of its jobs is left. */
        FAILED
    }

    public StageState {
        triedModels = List.copyOf(triedModels);
        if (triedModels.isEmpty()) {
            throw new IllegalArgumentException("stage " + id + " has no model");
        }
    }

    static StageState dispatched(String id, String model, Call call) {
        return waiting(id, List.of(model), 0, 0, call);
    }

    /** A stage that was done for an earlier request. */
    static StageState resumed(String id, String model, Answer answer, long nowMs) {
        return new StageState(
                id,
                List.of(model),
                0,
                0,
                Status.DONE,
                Call.never(nowMs),
                Optional.of(answer.epoch()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(answer),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static StageState waiting(
            String id, List<String> models, int attempts, int crashes, Call call) {
        return new StageState(
                id,
                models,
                attempts,
                crashes,
                Status.WAITING,
                call,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Model of the present dispatch. */
    public String model() {
        return triedModels.getLast();
    }

    /** Number of the present dispatch, from 1. */
    public int dispatch() {
        return triedModels.size();
    }

    /** Job of the present dispatch. */
    public String jobId(String requestId) {
        return Job.idOf(requestId, id, dispatch());
    }

    /** Whether the stage has a job that may still run. */
    boolean hasJob() {
        return status != Status.DONE && status != Status.FAILED;
    }

    /** Whether the job is with the workers, as far as is known. */
    boolean hasLeftQueue() {
        return status == Status.RELEASED || status == Status.RUNNING;
    }

    /** Whether readers may have seen some of its text. */
    boolean mayHaveBeenRead() {
        return call.published() && attempts > 0;
    }

    /** Whether a worker may keep the model for it. */
    boolean mayBePinned() {
        return call.pinned() && (attempts > 0 || hasLeftQueue() || dispatch() > 1);
    }

    StageState released(long nowMs) {
        boolean queued = status == Status.WAITING || status == Status.HELD;
        Status next = queued ? Status.RELEASED : status;
        return with(attempts, crashes, next, epoch, OptionalLong.of(nowMs), startedAtMs);
    }

    StageState held() {
        return with(attempts, crashes, Status.HELD, epoch, lastSignAtMs, startedAtMs);
    }

    StageState queuedAgain() {
        return with(attempts, crashes, Status.WAITING, epoch, lastSignAtMs, startedAtMs);
    }

    StageState attempted(Epoch newest, long nowMs) {
        return with(
                attempts + 1,
                crashes,
                Status.RUNNING,
                Optional.of(newest),
                OptionalLong.of(nowMs),
                OptionalLong.of(nowMs));
    }

    StageState alive(long nowMs) {
        return with(attempts, crashes, Status.RUNNING, epoch, OptionalLong.of(nowMs), startedAtMs);
    }

    StageState crashed() {
        return with(attempts, crashes + 1, status, epoch, lastSignAtMs, startedAtMs);
    }

    StageState redispatched(String model, Call again) {
        var models = new ArrayList<>(triedModels);
        models.add(model);
        return waiting(id, models, attempts, crashes, again);
    }

    StageState done(Answer accepted, long nowMs) {
        return ended(Status.DONE, Optional.of(accepted), Optional.empty(), Optional.empty(), nowMs);
    }

    /** Done, with what is kept of the vectors. */
    StageState embedded(Answer accepted, Likeness measured, long nowMs) {
        return ended(
                Status.DONE,
                Optional.of(accepted.withOutput(Optional.empty())),
                Optional.empty(),
                Optional.of(measured),
                nowMs);
    }

    StageState failed(Failure reason, long nowMs) {
        return ended(Status.FAILED, Optional.empty(), Optional.of(reason), Optional.empty(), nowMs);
    }

    private StageState ended(
            Status end,
            Optional<Answer> accepted,
            Optional<Failure> reason,
            Optional<Likeness> measured,
            long nowMs) {
        return new StageState(
                id,
                triedModels,
                attempts,
                crashes,
                end,
                call,
                epoch,
                lastSignAtMs,
                startedAtMs,
                OptionalLong.of(nowMs),
                accepted,
                reason,
                measured,
                resumed);
    }

    private StageState with(
            int attempts,
            int crashes,
            Status status,
            Optional<Epoch> epoch,
            OptionalLong lastSignAtMs,
            OptionalLong startedAtMs) {
        return new StageState(
                id,
                triedModels,
                attempts,
                crashes,
                status,
                call,
                epoch,
                lastSignAtMs,
                startedAtMs,
                endedAtMs,
                answer,
                failure,
                likeness,
                resumed);
    }
}
