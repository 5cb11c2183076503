package dev.brigade.standalone.saga;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a request asks for. */
final class RequestStory {

    private RequestStory() {}

    static Saga.Request of(LogEntry entry, InferenceRequest request, boolean withText) {
        Content content = content(request.getInput());
        Long deadline = request.getDeadlineMs();
        Integer maxTotalTokens = request.getMaxTotalTokens();
        return new Saga.Request(
                entry.topic(),
                entry.partition(),
                entry.offset(),
                content.kind(),
                Optional.ofNullable(request.getOrchestrationMode()),
                Optional.ofNullable(request.getPreset()),
                Optional.ofNullable(request.getModel()),
                Optional.ofNullable(request.getTaskType()),
                Optional.ofNullable(request.getRole()),
                Words.lower(request.getPriority()),
                request.getTenant(),
                Optional.ofNullable(request.getIdempotencyKey()),
                content.sizes(),
                deadline == null ? OptionalLong.empty() : OptionalLong.of(deadline),
                maxTotalTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTotalTokens),
                Optional.ofNullable(request.getMaxCost()),
                request.getStreamStages(),
                request.getAllowSmallerMode(),
                withText ? content.lines() : List.of());
    }

    private static Content content(Object input) {
        return switch (input) {
            case ChatInput chat -> new Content("chat", chat.getMessages(), List.of());
            case MapInput map -> new Content("map", map.getMessages(), map.getItems());
            case CompletionInput completion ->
                    new Content("completion", List.of(), List.of(completion.getPrompt()));
            case EmbeddingInput embedding ->
                    new Content("embedding", List.of(), embedding.getTexts());
            case ImageInput image -> new Content("image", List.of(), List.of());
            case ImageBatchInput batch -> new Content("image batch", List.of(), batch.getPaths());
            default -> new Content("unknown", List.of(), List.of());
        };
    }

    private record Content(String kind, List<Message> messages, List<String> items) {

        Saga.Sizes sizes() {
            return new Saga.Sizes(
                    messages.size(),
                    items.size(),
                    messages.stream().mapToInt(m -> m.getContent().length()).sum()
                            + items.stream().mapToInt(String::length).sum());
        }

        List<String> lines() {
            return Stream.concat(
                            messages.stream().map(m -> m.getRole() + ": " + m.getContent()),
                            items.stream().map("item: "::concat))
                    .toList();
        }
    }
}
