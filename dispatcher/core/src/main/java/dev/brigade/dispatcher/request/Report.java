package dev.brigade.dispatcher.request;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a request's end came about. It never holds prompt text; points, conflicts and positions quote
 * what models answered.
 *
 * @param mode that was used
 * @param requestedMode that the request, its preset or configuration asked for
 * @param modelsUsed every model that was given a job, in order of first use
 * @param rounds of critique or debate; 1 for the modes that have none
 * @param confidence 0 to 1, with its method; empty where nothing measured it
 * @param confidenceMethod critic_score, validator_score, majority_share or mean_similarity
 * @param agreement 0 to 1, with its method
 * @param agreementMethod exact_match, rouge_l or embedding
 * @param decisions short sentences of what was decided and why
 * @param skipped optional stages that were left out
 * @param compensated stages whose compensation was issued, newest first
 * @param resumed stages taken over from an earlier request with the same idempotency key
 * @param totalInferenceMs time of the winning attempts
 */
public record Report(
        String mode,
        Optional<String> requestedMode,
        Optional<String> preset,
        List<String> modelsUsed,
        int rounds,
        OptionalDouble confidence,
        Optional<String> confidenceMethod,
        OptionalDouble agreement,
        Optional<String> agreementMethod,
        List<String> agreedPoints,
        List<String> flaggedPoints,
        List<Conflict> conflicts,
        List<String> decisions,
        List<Skipped> skipped,
        List<String> compensated,
        List<String> resumed,
        List<StageReport> stages,
        long totalInferenceMs,
        String routingReason) {

    public Report {
        modelsUsed = List.copyOf(modelsUsed);
        agreedPoints = List.copyOf(agreedPoints);
        flaggedPoints = List.copyOf(flaggedPoints);
        conflicts = List.copyOf(conflicts);
        decisions = List.copyOf(decisions);
        skipped = List.copyOf(skipped);
        compensated = List.copyOf(compensated);
        resumed = List.copyOf(resumed);
        stages = List.copyOf(stages);
    }

    /** What the models did not agree about. */
    public record Conflict(String about, List<Position> positions) {
        public Conflict {
            positions = List.copyOf(positions);
        }
    }

    /** What one model said about it. */
    public record Position(String model, String stage, String text) {}

    /** An optional stage that was left out. */
    public record Skipped(String stage, String reason) {}

    /**
     * A section of a handoff that was cut to fit the model's window.
     *
     * @param fromTokens before, estimated
     * @param toTokens after; 0 where the section was left out
     */
    public record Cut(String section, int fromTokens, int toTokens) {}

    /**
     * One stage of the plan.
     *
     * @param kind generate, judge, reconcile, synthesise, embed, rank, classify or list
     * @param status done, failed, rejected (its text was sent back or could not be read) or
     *     abandoned (the request ended first)
     * @param attempts over all dispatches; 0 for a resumed stage
     * @param totalMs time of the winning attempt
     * @param score 0 to 1, that a judge gave to this text
     * @param startedAtMs when its newest attempt began, by the dispatcher's clock
     * @param finishedAtMs when it ended, by the dispatcher's clock
     * @param prompt name@version; empty where the stage got the request's own input
     * @param error why there is no text
     * @param isFinal whether the text was for certain the answer
     */
    public record StageReport(
            String stage,
            String kind,
            String model,
            String status,
            int attempts,
            Usage usage,
            long totalMs,
            OptionalDouble score,
            OptionalLong startedAtMs,
            OptionalLong finishedAtMs,
            Optional<String> prompt,
            List<Cut> cuts,
            Optional<Code> error,
            boolean isFinal) {
        public StageReport {
            cuts = List.copyOf(cuts);
        }
    }
}
