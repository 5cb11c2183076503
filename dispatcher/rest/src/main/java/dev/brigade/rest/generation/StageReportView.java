package dev.brigade.rest.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.schema.StageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the plan, as it went.
 *
 * @param kind {@code generate}, {@code judge}, {@code reconcile} or {@code synthesise}
 * @param status {@code done}, {@code failed}, {@code rejected} by a judge, or {@code abandoned}
 * @param score 0 to 1, where a judge gave one
 * @param totalMs time of the attempt that counts
 * @param startedAt epoch milliseconds
 * @param finishedAt epoch milliseconds
 * @param prompt file that the stage used, as {@code name@version}
 * @param cuts what was cut from its prompt to fit the model's window
 * @param error code, of a stage that failed
 * @param isFinal whether its text was for certain the answer when it began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageReportView(
        String stage,
        String kind,
        String model,
        String status,
        int attempts,
        @Nullable Double score,
        int promptTokens,
        int completionTokens,
        long totalMs,
        @Nullable Long startedAt,
        @Nullable Long finishedAt,
        @Nullable String prompt,
        List<Cut> cuts,
        @Nullable String error,
        boolean isFinal) {

    static StageReportView of(StageReport report) {
        return new StageReportView(
                report.getStage(),
                report.getKind(),
                report.getModel(),
                report.getStatus(),
                report.getAttempts(),
                report.getScore(),
                report.getUsage().getPromptTokens(),
                report.getUsage().getCompletionTokens(),
                report.getTotalMs(),
                report.getStartedAt(),
                report.getFinishedAt(),
                report.getPrompt(),
                report.getCuts().stream().map(Cut::of).toList(),
                report.getError(),
                report.getIsFinal());
    }

    /** A section of the prompt, in estimated tokens before and after. */
    public record Cut(String section, int fromTokens, int toTokens) {

        static Cut of(dev.brigade.schema.Cut cut) {
            return new Cut(cut.getSection(), cut.getFromTokens(), cut.getToTokens());
        }
    }
}
