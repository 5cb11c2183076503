package dev.brigade.acceptance.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.reply.TextDigest;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageReport;
import java.util.List;
import java.util.Set;

/** What the report of any completed request keeps to, whatever the mode. */
final class Reports {

    private static final Set<String> KINDS =
            Set.of("generate", "judge", "reconcile", "synthesise", "embed");
    private static final Set<String> STATUSES = Set.of("done", "failed", "rejected", "abandoned");

    private Reports() {}

    static OrchestrationReport consistent(Reply reply) {
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getDigest()).isEqualTo(TextDigest.of(reply.getText()));
        OrchestrationReport report = reply.getOrchestration();
        assertThat(report.getRounds()).isPositive();
        share(report.getConfidence(), report.getConfidenceMethod());
        share(report.getAgreement(), report.getAgreementMethod());
        List<StageReport> stages = report.getStages();
        assertThat(stages).isNotEmpty();
        assertThat(stages).extracting(StageReport::getStage).doesNotHaveDuplicates();
        stages.forEach(stage -> consistent(stage, reply));
        assertThat(stages.stream().mapToInt(s -> s.getUsage().getPromptTokens()).sum())
                .isEqualTo(reply.getUsage().getPromptTokens());
        assertThat(stages.stream().mapToInt(s -> s.getUsage().getCompletionTokens()).sum())
                .isEqualTo(reply.getUsage().getCompletionTokens());
        assertThat(report.getTotalInferenceTimeMs())
                .isEqualTo(stages.stream().mapToLong(StageReport::getTotalMs).sum());
        assertThat(report.getModelsUsed())
                .containsAll(
                        stages.stream()
                                .filter(stage -> stage.getStatus().equals("done"))
                                .map(StageReport::getModel)
                                .toList());
        return report;
    }

    private static void consistent(StageReport stage, Reply reply) {
        assertThat(stage.getKind()).isIn(KINDS);
        assertThat(stage.getStatus()).isIn(STATUSES);
        assertThat(stage.getAttempts()).isPositive();
        if (stage.getScore() != null) {
            assertThat(stage.getScore()).isBetween(0.0, 1.0);
        }
        assertThat(stage.getStartedAt()).isBetween(reply.getReceivedAt(), stage.getFinishedAt());
        assertThat(stage.getFinishedAt()).isLessThanOrEqualTo(reply.getFinishedAt());
        if (stage.getStatus().equals("done")) {
            assertThat(stage.getUsage().getPromptTokens()).isPositive();
        }
    }

    /** A measure comes with the way it was computed. */
    private static void share(
            @org.jspecify.annotations.Nullable Double value,
            @org.jspecify.annotations.Nullable String method) {
        if (value != null) {
            assertThat(value).isBetween(0.0, 1.0);
            assertThat(method).isNotBlank();
        }
    }
}
