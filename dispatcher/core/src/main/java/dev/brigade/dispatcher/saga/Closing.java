package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.plan.Step;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of an open request: what is undone, stopped and published, and what then remains. */
final class Closing {

    private final RequestState state;
    private final Request request;
    private final Limits limits;
    private final long nowMs;
    private final Replies replies;
    private final List<Command> commands = new ArrayList<>();

    Closing(RequestState state, Limits limits, long nowMs) {
        this.state = state;
        this.request = state.request();
        this.limits = limits;
        this.nowMs = nowMs;
        this.replies = new Replies(state, new View(state, limits, nowMs), nowMs);
    }

    Decision answered(Step.Answered answered) {
        state.stages().stream()
                .filter(stage -> !stage.id().equals(answered.stage()))
                .filter(stage -> state.plan().spec(stage.id()).isFinal() && stage.mayHaveBeenRead())
                .forEach(stage -> retract(stage, lastEpoch(stage)));
        releasePins(state.stages());
        return close(
                replies.completed(state.required(answered.stage()), answered.outcome()),
                "closed",
                Optional.empty());
    }

    Decision gathered(Step.Gathered gathered) {
        releasePins(state.stages());
        return close(
                replies.gathered(gathered.stages(), gathered.outcome()),
                "closed",
                Optional.empty());
    }

    Decision swept(Step.Swept swept) {
        return close(replies.swept(swept.outcome()), "closed", Optional.empty());
    }

    Decision duplicate(String originalRequestId) {
        return close(replies.duplicate(originalRequestId), "closed", Optional.empty());
    }

    Decision unanswered(ReplyStatus status, Failure failure) {
        List<Compensation> undone = Compensations.of(state, status, nowMs);
        undone.forEach(this::compensate);
        Optional<Undoing> undoing = undoOutside(undone);
        releasePins(
                state.stages().stream()
                        .filter(stage -> !state.completed().contains(stage.id()))
                        .toList());
        releaseClaim();
        String reason =
                switch (status) {
                    case CANCELLED -> "cancelled";
                    case EXPIRED -> "expired";
                    case COMPLETED, FAILED, REJECTED -> "closed";
                };
        List<String> stages = undone.stream().map(Compensation::stage).toList();
        return close(replies.unanswered(status, failure, stages), reason, undoing);
    }

    private void compensate(Compensation compensation) {
        StageState stage = state.required(compensation.stage());
        if (stage.call().published()) {
            retract(stage, stage.answer().orElseThrow().epoch());
        }
        commands.add(new Command.Compensate(compensation));
    }

    private void retract(StageState stage, Epoch epoch) {
        commands.add(
                new Command.RetractDraft(
                        request.id(),
                        stage.id(),
                        stage.model(),
                        epoch,
                        state.plan().spec(stage.id()).isFinal(),
                        request.replyTo().partition()));
    }

    /** Of a dispatch that nobody began, any epoch is newer than what was read before it. */
    private static Epoch lastEpoch(StageState stage) {
        return stage.epoch().orElse(new Epoch(stage.dispatch(), 1, "none"));
    }

    private Optional<Undoing> undoOutside(List<Compensation> newestFirst) {
        var unwinding = new Unwinding(limits.undoing(), nowMs);
        Optional<Undoing> undoing =
                state.charter()
                        .compensationTopic()
                        .flatMap(topic -> unwinding.begin(topic, newestFirst));
        commands.addAll(unwinding.commands());
        return undoing;
    }

    private void releasePins(List<StageState> stages) {
        if (stages.stream().anyMatch(StageState::mayBePinned)) {
            commands.add(new Command.ReleasePins(request.id()));
        }
    }

    private void releaseClaim() {
        Resuming.checkpoint(state)
                .ifPresent(checkpoint ->
                        commands.add(
                                new Command.ReleaseClaim(
                                        request.id(),
                                        request.tenant(),
                                        request.idempotencyKey().orElseThrow(),
                                        request.homePartition(),
                                        checkpoint)));
    }

    private Decision close(Reply reply, String withdrawal, Optional<Undoing> undoing) {
        stopJobs(withdrawal);
        commands.add(new Command.SendReply(reply));
        if (reply.status() != ReplyStatus.REJECTED) {
            commands.add(replies.usage(reply));
        }
        Lifecycle.Closed closed = tombstone(reply, limits, undoing);
        commands.add(new Command.SetTimer(request.id(), closed.timerAtMs()));
        return new Decision(closed, commands);
    }

    private void stopJobs(String withdrawal) {
        boolean mayRun = false;
        for (StageState stage : state.stages()) {
            if (stage.hasJob()) {
                commands.add(
                        new Command.WithdrawJob(
                                stage.model(), stage.jobId(request.id()), withdrawal));
                mayRun |= stage.hasLeftQueue();
            }
        }
        if (mayRun) {
            commands.add(
                    new Command.CancelAttempt(request.id(), Optional.empty(), Optional.empty()));
        }
    }

    static Lifecycle.Closed tombstone(Reply reply, Limits limits, Optional<Undoing> undoing) {
        return new Lifecycle.Closed(
                reply.requestId(),
                reply.status(),
                reply.error().map(Failure::code),
                reply.finishedAtMs(),
                reply.finishedAtMs() + limits.tombstoneMs(),
                undoing);
    }
}
