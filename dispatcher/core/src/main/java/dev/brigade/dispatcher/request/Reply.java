package dev.brigade.dispatcher.request;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The one terminal of a request.
 *
 * @param model that gave, or would have given, the answer
 * @param stage whose answer it is; present when completed, like the answer
 * @param error present when not completed
 * @param originalRequestId the earlier request with the same idempotency key
 * @param usage tokens of all stages' winning attempts
 * @param queueMs from receipt to the winning attempt's start
 * @param report how the answer came about; present once a model was chosen
 */
public record Reply(
        String requestId,
        ReplyStatus status,
        Optional<String> model,
        Optional<String> stage,
        Optional<Answer> answer,
        Optional<Failure> error,
        Optional<String> originalRequestId,
        Usage usage,
        long receivedAtMs,
        long finishedAtMs,
        OptionalLong queueMs,
        Optional<Report> report,
        Map<String, String> metadata,
        ReplyTo replyTo) {

    public Reply {
        if ((status == ReplyStatus.COMPLETED) != answer.isPresent()
                || answer.isPresent() == error.isPresent()) {
            throw new IllegalArgumentException("a reply has an answer or an error: " + status);
        }
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** How an answer came about. */
    public record Report(
            String mode,
            List<String> modelsUsed,
            int rounds,
            List<StageReport> stages,
            long totalInferenceMs,
            String routingReason) {
        public Report {
            modelsUsed = List.copyOf(modelsUsed);
            stages = List.copyOf(stages);
        }
    }

    /** One stage of the plan. */
    public record StageReport(
            String stage, String model, int attempts, Usage usage, long totalMs) {}
}
