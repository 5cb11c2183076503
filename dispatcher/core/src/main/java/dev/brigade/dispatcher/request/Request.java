package dev.brigade.dispatcher.request;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A request as it was taken. The shell has checked its values against the contract's rules; what
 * breaks them comes to the core as an unusable record and not as a request.
 *
 * @param model an id, or empty (or {@code auto}) for routing
 * @param mode orchestration mode; empty leaves it to the preset or to configuration
 * @param receivedAtMs the record's append time, epoch milliseconds
 * @param deadlineAtMs by the dispatcher's clock, epoch milliseconds
 * @param maxCost most that all stages together may cost, in the unit of {@code models.yaml}
 * @param metadata that the reply repeats
 * @param streamStages whether the drafts of earlier stages are published too
 * @param allowSmallerMode whether a smaller mode may answer where too few models are up
 * @param maxTotalTokens most prompt and completion tokens of all stages together
 */
public record Request(
        String id,
        String tenant,
        Input input,
        Sampling sampling,
        Optional<String> model,
        Optional<String> taskType,
        Optional<String> role,
        Optional<String> mode,
        Optional<String> preset,
        Priority priority,
        long receivedAtMs,
        long deadlineAtMs,
        OptionalDouble maxCost,
        Optional<String> routingStrategy,
        List<String> requiredCapabilities,
        Optional<String> idempotencyKey,
        boolean stream,
        Map<String, String> metadata,
        Origin origin,
        ReplyTo replyTo,
        Optional<String> traceparent,
        boolean streamStages,
        boolean allowSmallerMode,
        OptionalInt maxTotalTokens) {

    /** The model name that asks for routing. */
    public static final String AUTO = "auto";

    public Request {
        requiredCapabilities = List.copyOf(requiredCapabilities);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** The model that is used or refused; empty where routing chooses. */
    public Optional<String> explicitModel() {
        return model.filter(name -> !name.equals(AUTO));
    }

    /** Partition of the request's record, its events and its state. */
    public int homePartition() {
        return origin.partition();
    }
}
