package dev.brigade.dispatcher.request;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * @param items results of a map, by index; empty for other modes
 * @param cost of the usage, in the unit of {@code models.yaml}; empty where no model has a price
 * @param summary of a batch, however it ended; empty of all else
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
        ReplyTo replyTo,
        List<ItemResult> items,
        OptionalDouble cost,
        Optional<BatchSummary> summary) {

    public Reply {
        if ((status == ReplyStatus.COMPLETED) != answer.isPresent()
                || answer.isPresent() == error.isPresent()) {
            throw new IllegalArgumentException("a reply has an answer or an error: " + status);
        }
        items = List.copyOf(items);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** The answer, where it is no text. */
    public Optional<Output> output() {
        return answer.flatMap(Answer::output);
    }

    /**
     * What became of one item of a map.
     *
     * @param index of the item, from 0
     * @param answer present where the item was answered, like the model
     * @param error present where it was not
     */
    public record ItemResult(
            int index, Optional<Answer> answer, Optional<String> model, Optional<Failure> error) {
        public ItemResult {
            if (answer.isPresent() == error.isPresent()
                    || answer.isPresent() != model.isPresent()) {
                throw new IllegalArgumentException("item " + index + " has an answer or an error");
            }
        }

        /** The contract's word: completed or failed. */
        public String status() {
            return answer.isPresent() ? "completed" : "failed";
        }
    }
}
