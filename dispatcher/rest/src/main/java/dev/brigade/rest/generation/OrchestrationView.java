package dev.brigade.rest.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.Answer;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.StageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extension {@code orchestration}: how the answer came about. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrchestrationView(
        String mode,
        List<String> modelsUsed,
        int rounds,
        @Nullable Double confidence,
        @Nullable Double agreement,
        long totalInferenceTimeMs,
        List<Stage> stages,
        @Nullable Routing routing) {

    /** The report of an answer; null where its terminal has none. */
    public static @Nullable OrchestrationView of(Answer answer) {
        OrchestrationReport report = answer.reply().getOrchestration();
        return report == null ? null : of(report);
    }

    private static OrchestrationView of(OrchestrationReport report) {
        String reason = report.getRoutingReason();
        return new OrchestrationView(
                report.getMode(),
                report.getModelsUsed(),
                report.getRounds(),
                report.getConfidence(),
                report.getAgreement(),
                report.getTotalInferenceTimeMs(),
                report.getStages().stream().map(Stage::of).toList(),
                reason == null ? null : new Routing(reason));
    }

    /** One stage of the plan. */
    public record Stage(
            String stage,
            String model,
            int attempts,
            int promptTokens,
            int completionTokens,
            long totalMs) {

        static Stage of(StageReport report) {
            return new Stage(
                    report.getStage(),
                    report.getModel(),
                    report.getAttempts(),
                    report.getUsage().getPromptTokens(),
                    report.getUsage().getCompletionTokens(),
                    report.getTotalMs());
        }
    }

    /** Why this model. */
    public record Routing(String reason) {}
}
