package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ItemResult;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A completed map.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param items how each item ended, in the request's order
 * @param promptTokens tokens of all prompts
 * @param completionTokens generated tokens
 * @param reply the terminal as it was read, with cost, timings and orchestration report
 */
public record MapAnswer(
        String requestId, List<Item> items, int promptTokens, int completionTokens, Reply reply) {

    public MapAnswer {
        items = List.copyOf(items);
    }

    /** The items in the answer to a {@link MapRequest}. */
    public static MapAnswer of(Answer answer) {
        return new MapAnswer(
                answer.requestId(),
                items(answer.reply()),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.reply());
    }

    /** The items in any terminal; also one that failed may tell why each did. */
    public static List<Item> items(Reply reply) {
        return reply.getItems().stream().map(MapAnswer::item).toList();
    }

    /** Items that have an answer. */
    public List<Item.Answered> answered() {
        return items.stream()
                .filter(Item.Answered.class::isInstance)
                .map(Item.Answered.class::cast)
                .toList();
    }

    /** Items that have none. */
    public List<Item.Failed> failed() {
        return items.stream()
                .filter(Item.Failed.class::isInstance)
                .map(Item.Failed.class::cast)
                .toList();
    }

    private static Item item(ItemResult result) {
        String text = result.getText();
        if (text == null) {
            return failed(result.getIndex(), result.getError());
        }
        Usage usage = result.getUsage();
        return new Item.Answered(
                result.getIndex(),
                text,
                result.getModel() == null ? "" : result.getModel(),
                result.getFinishReason() == null ? "stop" : result.getFinishReason(),
                usage == null ? 0 : usage.getPromptTokens(),
                usage == null ? 0 : usage.getCompletionTokens());
    }

    private static Item failed(int index, @Nullable ReplyError error) {
        if (error == null) {
            return new Item.Failed(index, ErrorCode.INTERNAL_ERROR, "no reason was told", false);
        }
        ErrorCode code = ErrorCode.ofWireName(error.getCode()).orElse(ErrorCode.INTERNAL_ERROR);
        return new Item.Failed(index, code, error.getMessage(), error.getRetriable());
    }

    /** How one item ended. */
    public sealed interface Item {

        /** Its place in the request, from 0. */
        int index();

        /**
         * With an answer.
         *
         * @param finishReason {@code stop} or {@code length}
         */
        record Answered(
                int index,
                String text,
                String model,
                String finishReason,
                int promptTokens,
                int completionTokens)
                implements Item {}

        /**
         * Without one.
         *
         * @param code what went wrong; {@code internal_error} for a code of a newer version
         * @param message for people; never holds prompt text
         * @param retriable whether the same item may succeed later
         */
        record Failed(int index, ErrorCode code, String message, boolean retriable)
                implements Item {}
    }
}
