package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.schema.Conflict;
import dev.brigade.schema.Cut;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Position;
import dev.brigade.schema.Skipped;
import dev.brigade.schema.StageReport;

/** Turns the core's reports into the contract's. */
final class Reports {

    private Reports() {}

    static OrchestrationReport write(Report report) {
        return OrchestrationReport.newBuilder()
                .setMode(report.mode())
                .setRequestedMode(report.requestedMode().orElse(null))
                .setPreset(report.preset().orElse(null))
                .setModelsUsed(report.modelsUsed())
                .setRounds(report.rounds())
                .setConfidence(Nullables.orNull(report.confidence()))
                .setConfidenceMethod(report.confidenceMethod().orElse(null))
                .setAgreement(Nullables.orNull(report.agreement()))
                .setAgreementMethod(report.agreementMethod().orElse(null))
                .setAgreedPoints(report.agreedPoints())
                .setFlaggedPoints(report.flaggedPoints())
                .setConflicts(report.conflicts().stream().map(Reports::conflict).toList())
                .setDecisions(report.decisions())
                .setSkipped(report.skipped().stream().map(Reports::skipped).toList())
                .setCompensated(report.compensated())
                .setResumed(report.resumed())
                .setStages(report.stages().stream().map(Reports::stage).toList())
                .setTotalInferenceTimeMs(report.totalInferenceMs())
                .setRoutingReason(report.routingReason())
                .build();
    }

    private static StageReport stage(Report.StageReport stage) {
        return StageReport.newBuilder()
                .setStage(stage.stage())
                .setKind(stage.kind())
                .setModel(stage.model())
                .setStatus(stage.status())
                .setAttempts(stage.attempts())
                .setUsage(Measures.write(stage.usage()))
                .setTotalMs(stage.totalMs())
                .setScore(Nullables.orNull(stage.score()))
                .setStartedAt(Nullables.orNull(stage.startedAtMs()))
                .setFinishedAt(Nullables.orNull(stage.finishedAtMs()))
                .setPrompt(stage.prompt().orElse(null))
                .setCuts(stage.cuts().stream().map(Reports::cut).toList())
                .setError(stage.error().map(Code::wireName).orElse(null))
                .setIsFinal(stage.isFinal())
                .build();
    }

    private static Cut cut(Report.Cut cut) {
        return new Cut(cut.section(), cut.fromTokens(), cut.toTokens());
    }

    private static Skipped skipped(Report.Skipped skipped) {
        return new Skipped(skipped.stage(), skipped.reason());
    }

    private static Conflict conflict(Report.Conflict conflict) {
        return new Conflict(
                conflict.about(), conflict.positions().stream().map(Reports::position).toList());
    }

    private static Position position(Report.Position position) {
        return new Position(position.model(), position.stage(), position.text());
    }
}
