package dev.brigade.rest.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.Answer;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@code orchestration}: how the answer came about, or why there is none.
 *
 * @param mode mode used
 * @param requestedMode mode asked for, by the request, its preset or the configuration
 * @param modelsUsed in order of first use
 * @param rounds rounds made
 * @param confidence 0 to 1, where the mode computes one
 * @param agreement 0 to 1, where the mode computes one
 * @param decisions what was decided and why, in order
 * @param skipped stages that time or tokens did not suffice for
 * @param compensated stages that were undone, newest first
 * @param resumed stages that an earlier request had completed
 * @param totalInferenceTimeMs sum of the stages' times
 * @param cost in the unit of models.yaml, where the models have prices
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrchestrationView(
        String mode,
        @Nullable String requestedMode,
        @Nullable String preset,
        List<String> modelsUsed,
        int rounds,
        @Nullable Double confidence,
        @Nullable String confidenceMethod,
        @Nullable Double agreement,
        @Nullable String agreementMethod,
        List<String> agreedPoints,
        List<String> flaggedPoints,
        List<Conflict> conflicts,
        List<String> decisions,
        List<Skipped> skipped,
        List<String> compensated,
        List<String> resumed,
        long totalInferenceTimeMs,
        @Nullable Double cost,
        List<StageReportView> stages,
        @Nullable Routing routing) {

    /** The report of an answer; null where its terminal has none. */
    public static @Nullable OrchestrationView of(Answer answer) {
        return of(answer.reply());
    }

    /** The report of any terminal; null where it has none. */
    public static @Nullable OrchestrationView of(Reply reply) {
        OrchestrationReport report = reply.getOrchestration();
        return report == null ? null : of(report, reply.getCost());
    }

    private static OrchestrationView of(OrchestrationReport report, @Nullable Double cost) {
        String reason = report.getRoutingReason();
        return new OrchestrationView(
                report.getMode(),
                report.getRequestedMode(),
                report.getPreset(),
                report.getModelsUsed(),
                report.getRounds(),
                report.getConfidence(),
                report.getConfidenceMethod(),
                report.getAgreement(),
                report.getAgreementMethod(),
                report.getAgreedPoints(),
                report.getFlaggedPoints(),
                report.getConflicts().stream().map(Conflict::of).toList(),
                report.getDecisions(),
                report.getSkipped().stream().map(Skipped::of).toList(),
                report.getCompensated(),
                report.getResumed(),
                report.getTotalInferenceTimeMs(),
                cost,
                report.getStages().stream().map(StageReportView::of).toList(),
                reason == null ? null : new Routing(reason));
    }

    /** What participants do not agree on. */
    public record Conflict(String about, List<Position> positions) {

        static Conflict of(dev.brigade.schema.Conflict conflict) {
            return new Conflict(
                    conflict.getAbout(),
                    conflict.getPositions().stream().map(Position::of).toList());
        }
    }

    /** What one participant says. */
    public record Position(String model, String stage, String text) {

        static Position of(dev.brigade.schema.Position position) {
            return new Position(position.getModel(), position.getStage(), position.getText());
        }
    }

    /** A stage that was left out, and why. */
    public record Skipped(String stage, String reason) {

        static Skipped of(dev.brigade.schema.Skipped skipped) {
            return new Skipped(skipped.getStage(), skipped.getReason());
        }
    }

    /** Why this model. */
    public record Routing(String reason) {}
}
