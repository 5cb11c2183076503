package dev.brigade.standalone.saga;

import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.Cut;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.JobRefused;
import dev.brigade.schema.JobReleased;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one request. What the terminal reports counts before what events say, since the
 * dispatcher alone decides which attempt won; events tell what the report leaves out.
 */
final class StageStories {

    private final long arrivedAtMs;
    private final boolean withText;
    private final Map<String, Story> stories = new LinkedHashMap<>();

    StageStories(long arrivedAtMs, boolean withText) {
        this.arrivedAtMs = arrivedAtMs;
        this.withText = withText;
    }

    void take(InferenceEvent event) {
        long at = event.getAt() - arrivedAtMs;
        switch (event.getEvent()) {
            case JobReleased released -> story(released.getStage()).released(at);
            case JobRefused refused -> story(refused.getStage()).refused = refused.getCode();
            case AttemptStarted started ->
                    story(started.getAttempt().getStage()).started(started.getAttempt(), at);
            case AttemptProgressed progressed ->
                    // The attempt that progresses has started, whether or not the start is kept.
                    story(progressed.getAttempt().getStage()).attempt(progressed.getAttempt());
            case AttemptFinished finished ->
                    story(finished.getAttempt().getStage()).finished(finished, at);
            case AttemptFailed failed -> story(failed.getAttempt().getStage()).failed(failed, at);
            default -> {
                // Claims and compensations are no stages.
            }
        }
    }

    void take(StageReport report) {
        story(report.getStage()).report = report;
    }

    List<Saga.Stage> told() {
        return stories.values().stream().map(Story::told).toList();
    }

    private Story story(String stage) {
        return stories.computeIfAbsent(stage, Story::new);
    }

    private final class Story {

        private final String stage;
        private final Map<Epoch, Attempt> attempts = new LinkedHashMap<>();
        private OptionalLong releasedMs = OptionalLong.empty();
        private @Nullable String refused;
        private @Nullable StageReport report;
        private @Nullable Attempt winner;

        Story(String stage) {
            this.stage = stage;
        }

        void released(long at) {
            releasedMs = releasedMs.isPresent() ? releasedMs : OptionalLong.of(at);
        }

        void started(dev.brigade.schema.AttemptRef ref, long at) {
            attempt(ref).startedMs = OptionalLong.of(at);
        }

        void finished(AttemptFinished finished, long at) {
            Attempt attempt = attempt(finished.getAttempt());
            attempt.end("finished", at);
            attempt.usage = finished.getUsage();
            attempt.text = finished.getText();
            winner = winner == null ? attempt : winner;
        }

        void failed(AttemptFailed failed, long at) {
            Attempt attempt = attempt(failed.getAttempt());
            attempt.end(failed.getCode(), at);
            attempt.usage = failed.getUsage();
        }

        Attempt attempt(dev.brigade.schema.AttemptRef ref) {
            return attempts.computeIfAbsent(ref.getEpoch(), epoch -> new Attempt(epoch, ref));
        }

        Saga.Stage told() {
            Optional<StageReport> reported = Optional.ofNullable(report);
            Optional<Attempt> won = Optional.ofNullable(winner);
            Optional<Attempt> last = attempts.values().stream().reduce((a, b) -> b);
            return new Saga.Stage(
                    stage,
                    reported.map(StageReport::getKind).orElse("unknown"),
                    reported.map(StageReport::getModel).or(() -> last.map(a -> a.model)),
                    reported.map(StageReport::getStatus).orElseGet(this::status),
                    releasedMs,
                    relative(reported.map(StageReport::getStartedAt))
                            .or(() -> won.or(() -> last).map(a -> a.startedMs))
                            .orElse(OptionalLong.empty()),
                    relative(reported.map(StageReport::getFinishedAt))
                            .or(() -> won.map(a -> a.endedMs))
                            .orElse(OptionalLong.empty()),
                    Words.tokens(reported.map(StageReport::getUsage).orElse(usage(won))),
                    reported.map(StageReport::getScore),
                    reported.map(StageReport::getError).or(() -> Optional.ofNullable(refused)),
                    reported.map(StageReport::getPrompt),
                    reported.stream()
                            .flatMap(r -> r.getCuts().stream())
                            .map(StageStories::cut)
                            .toList(),
                    attempts.values().stream().map(Attempt::told).toList(),
                    won.map(a -> a.text).filter(text -> withText));
        }

        private String status() {
            if (winner != null) {
                return "done";
            }
            if (attempts.values().stream().anyMatch(a -> a.outcome.equals(Attempt.RUNNING))) {
                return "running";
            }
            return releasedMs.isPresent() ? "released" : "waiting";
        }

        private static @Nullable Usage usage(Optional<Attempt> attempt) {
            return attempt.map(a -> a.usage).orElse(null);
        }

        private Optional<OptionalLong> relative(Optional<Long> atMs) {
            return atMs.map(at -> OptionalLong.of(at - arrivedAtMs));
        }
    }

    private static String cut(Cut cut) {
        return "%s from %d to %d tokens"
                .formatted(cut.getSection(), cut.getFromTokens(), cut.getToTokens());
    }

    private static final class Attempt {

        static final String RUNNING = "running";

        private final Epoch epoch;
        private final String worker;
        private final String model;
        private OptionalLong startedMs = OptionalLong.empty();
        private OptionalLong endedMs = OptionalLong.empty();
        private String outcome = RUNNING;
        private @Nullable Usage usage;
        private @Nullable String text;

        Attempt(Epoch epoch, dev.brigade.schema.AttemptRef ref) {
            this.epoch = epoch;
            this.worker = ref.getWorkerId();
            this.model = ref.getModel();
        }

        void end(String how, long at) {
            outcome = how;
            endedMs = OptionalLong.of(at);
        }

        Saga.Attempt told() {
            return new Saga.Attempt(
                    epoch.getDispatch(), epoch.getDelivery(), worker, startedMs, endedMs, outcome);
        }
    }
}
