package dev.brigade.rest.completions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code chat.completion.chunk}. */
record ChatChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrchestrationView orchestration) {

    static ChatChunk of(
            StreamHead head, List<Choice> choices, @Nullable OrchestrationView orchestration) {
        return new ChatChunk(
                ChatCompletion.idOf(head.requestId()),
                "chat.completion.chunk",
                head.created(),
                head.model(),
                choices,
                orchestration);
    }

    record Choice(
            int index,
            Delta delta,
            @Nullable String logprobs,
            @Nullable String finishReason,
            @JsonInclude(JsonInclude.Include.NON_NULL) ErrorBody.@Nullable Detail error) {

        /** What to append to a choice. */
        static Choice saying(int index, Delta delta) {
            return new Choice(index, delta, null, null, null);
        }

        /** The end of a choice. */
        static Choice ending(ChoiceText text) {
            Delta nothing = new Delta(null, null);
            return new Choice(text.index(), nothing, null, text.finishReason(), text.error());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(@Nullable String role, @Nullable String content) {}
}
