package dev.brigade.standalone.saga;

import dev.brigade.schema.ItemResult;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a request ended, and how its answer came about. */
final class TerminalStory {

    private TerminalStory() {}

    static Saga.Terminal of(Reply reply, long arrivedAtMs, boolean withText) {
        Optional<ReplyError> error = Optional.ofNullable(reply.getError());
        return new Saga.Terminal(
                Words.lower(reply.getStatus()),
                reply.getFinishedAt() - arrivedAtMs,
                error.map(ReplyError::getCode),
                error.map(ReplyError::getMessage),
                Optional.ofNullable(reply.getFinishReason()),
                Optional.ofNullable(reply.getModel()),
                Optional.ofNullable(reply.getStage()),
                Words.tokens(reply.getUsage()),
                Optional.ofNullable(reply.getCost()),
                Optional.ofNullable(reply.getOriginalRequestId()),
                reply.getItems().stream().map(item -> item(item, withText)).toList(),
                Optional.ofNullable(reply.getText()).filter(text -> withText));
    }

    private static Saga.Item item(ItemResult item, boolean withText) {
        return new Saga.Item(
                item.getIndex(),
                item.getStatus(),
                Optional.ofNullable(item.getError()).map(ReplyError::getCode),
                Optional.ofNullable(item.getText()).filter(text -> withText));
    }

    /**
     * The report; points and conflicts are pieces of answers, so only their numbers without text.
     */
    static Saga.Report report(OrchestrationReport report, boolean withText) {
        return new Saga.Report(
                report.getMode(),
                Optional.ofNullable(report.getRequestedMode()),
                Optional.ofNullable(report.getPreset()),
                report.getModelsUsed(),
                report.getRounds(),
                Optional.ofNullable(report.getConfidence()),
                Optional.ofNullable(report.getConfidenceMethod()),
                Optional.ofNullable(report.getAgreement()),
                Optional.ofNullable(report.getAgreementMethod()),
                points(report.getAgreedPoints(), withText),
                points(report.getFlaggedPoints(), withText),
                points(conflicts(report), withText),
                report.getDecisions(),
                report.getSkipped().stream()
                        .map(skip -> new Saga.Skip(skip.getStage(), skip.getReason()))
                        .toList(),
                report.getResumed(),
                report.getCompensated(),
                report.getTotalInferenceTimeMs(),
                Optional.ofNullable(report.getRoutingReason()));
    }

    private static Saga.Points points(List<String> texts, boolean withText) {
        return new Saga.Points(texts.size(), withText ? texts : List.of());
    }

    private static List<String> conflicts(OrchestrationReport report) {
        return report.getConflicts().stream()
                .map(conflict -> {
                    Stream<String> positions =
                            conflict.getPositions().stream()
                                    .map(p -> p.getStage() + " says " + p.getText());
                    return conflict.getAbout() + ": " + String.join("; ", positions.toList());
                })
                .toList();
    }
}
