package dev.brigade.contract.request;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import dev.brigade.schema.RerankInput;
import dev.brigade.schema.ResponseFormatType;
import dev.brigade.schema.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every request must keep, however it comes: the REST adapter answers with the first violation
 * before anything is published, the dispatcher rejects with the same one.
 */
public final class RequestRules {

    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool");
    private static final Set<String> MODES =
            Set.of("single", "critique", "debate", "ensemble", "pipeline", "map");
    private static final int MAX_MESSAGES = 2048;
    private static final int MAX_ITEMS = 256;
    private static final int MAX_ITEM_LENGTH = 100_000;
    private static final int MAX_STOPS = 4;
    private static final int MAX_STOP_LENGTH = 256;
    private static final int MAX_METADATA = 16;
    private static final int MAX_METADATA_LENGTH = 512;
    private static final int MAX_TOKENS = 131_072;
    private static final int MAX_TOTAL_TOKENS = 10_000_000;
    private static final long MAX_DEADLINE_MS = 86_400_000;

    private RequestRules() {}

    /** The first rule that the request does not keep. */
    public static Optional<Violation> firstViolation(InferenceRequest request) {
        Findings findings = new Findings();
        input(request.getInput(), findings);
        Sampling sampling = request.getSampling();
        if (sampling != null) {
            sampling(sampling, findings);
        }
        routing(request, findings);
        return findings.first();
    }

    private static void input(Object input, Findings findings) {
        switch (input) {
            case ChatInput chat -> {
                findings.size("messages", chat.getMessages().size(), MAX_MESSAGES);
                messages(chat.getMessages(), findings);
            }
            case MapInput map -> map(map, findings);
            case CompletionInput completion ->
                    findings.require(
                            !completion.getPrompt().isEmpty(), "prompt", "must not be empty");
            case EmbeddingInput embedding -> TextRules.embedding(embedding, findings);
            case RerankInput rerank -> TextRules.rerank(rerank, findings);
            case ImageInput image -> ImageRules.image(image, findings);
            case ImageBatchInput batch -> ImageRules.batch(batch, findings);
            default -> findings.require(false, "input", "is of an unknown kind");
        }
    }

    private static void map(MapInput map, Findings findings) {
        findings.require(
                map.getMessages().size() <= MAX_MESSAGES,
                "messages",
                "must hold at most " + MAX_MESSAGES + " entries");
        messages(map.getMessages(), findings);
        findings.size("items", map.getItems().size(), MAX_ITEMS);
        for (int i = 0; i < map.getItems().size(); i++) {
            String item = map.getItems().get(i);
            findings.require(
                    !item.isBlank() && item.length() <= MAX_ITEM_LENGTH,
                    "items[" + i + "]",
                    "must have 1 to " + MAX_ITEM_LENGTH + " characters, not only white space");
        }
    }

    private static void messages(List<Message> messages, Findings findings) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            findings.require(
                    ROLES.contains(message.getRole()),
                    "messages[" + i + "].role",
                    "must be one of system, developer, user, assistant, tool");
            findings.require(
                    !message.getContent().isBlank(),
                    "messages[" + i + "].content",
                    "must not be empty");
            findings.length(
                    "messages[" + i + "].name", message.getName(), Findings.MAX_NAME_LENGTH);
        }
    }

    private static void sampling(Sampling sampling, Findings findings) {
        findings.range("temperature", sampling.getTemperature(), 0, 2);
        findings.range("top_p", sampling.getTopP(), Double.MIN_NORMAL, 1);
        findings.range("top_k", sampling.getTopK(), 0, 1000);
        findings.range("min_p", sampling.getMinP(), 0, 1);
        findings.range("max_tokens", sampling.getMaxTokens(), 1, MAX_TOKENS);
        findings.range("presence_penalty", sampling.getPresencePenalty(), -2, 2);
        findings.range("frequency_penalty", sampling.getFrequencyPenalty(), -2, 2);
        findings.range("repeat_penalty", sampling.getRepeatPenalty(), 0.1, 2);
        findings.require(
                sampling.getStop().size() <= MAX_STOPS,
                "stop",
                "must hold at most " + MAX_STOPS + " strings");
        for (String stop : sampling.getStop()) {
            findings.require(
                    !stop.isEmpty() && stop.length() <= MAX_STOP_LENGTH,
                    "stop",
                    "must hold strings of 1 to " + MAX_STOP_LENGTH + " characters");
        }
        if (sampling.getResponseFormat() != null) {
            boolean wantsSchema =
                    sampling.getResponseFormat().getType() == ResponseFormatType.JSON_SCHEMA;
            findings.require(
                    wantsSchema == (sampling.getResponseFormat().getJsonSchema() != null),
                    "response_format",
                    "needs a schema exactly when its type is json_schema");
        }
    }

    private static void routing(InferenceRequest request, Findings findings) {
        findings.name("model", request.getModel());
        findings.name("tenant", request.getTenant());
        findings.name("task_type", request.getTaskType());
        findings.name("role", request.getRole());
        findings.name("preset", request.getPreset());
        findings.name("routing_strategy", request.getRoutingStrategy());
        findings.name("idempotency_key", request.getIdempotencyKey());
        findings.range("deadline_ms", request.getDeadlineMs(), 1, MAX_DEADLINE_MS);
        findings.range("max_cost", request.getMaxCost(), 0, 1e12);
        String mode = request.getOrchestrationMode();
        findings.require(
                mode == null || MODES.contains(mode),
                "orchestration_mode",
                "must be one of single, critique, debate, ensemble, pipeline, map");
        findings.require(
                "map".equals(mode) == (request.getInput() instanceof MapInput),
                "orchestration_mode",
                "must be map exactly when the input is items");
        findings.require(
                request.getPreset() == null || namesNoModel(request),
                "model",
                "must be absent or auto when preset is given");
        findings.range("max_total_tokens", request.getMaxTotalTokens(), 1, MAX_TOTAL_TOKENS);
        findings.require(
                request.getRequiredCapabilities().size() <= MAX_METADATA,
                "required_capabilities",
                "must hold at most " + MAX_METADATA + " names");
        findings.require(
                request.getMetadata().size() <= MAX_METADATA,
                "metadata",
                "must hold at most " + MAX_METADATA + " entries");
        request.getMetadata()
                .forEach((key, value) -> {
                    findings.length("metadata", key, 64);
                    findings.length("metadata", value, MAX_METADATA_LENGTH);
                });
    }

    private static boolean namesNoModel(InferenceRequest request) {
        return request.getModel() == null || request.getModel().equals("auto");
    }
}
