package dev.brigade.rest.completions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import dev.brigade.rest.generation.UsageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code text_completion}: the whole answer, and each piece of a stream. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @Nullable UsageView usage,
        @Nullable OrchestrationView orchestration) {

    static TextCompletion of(
            StreamHead head,
            List<Choice> choices,
            @Nullable UsageView usage,
            @Nullable OrchestrationView orchestration) {
        return new TextCompletion(
                "cmpl-" + head.requestId(),
                "text_completion",
                head.created(),
                head.model(),
                choices,
                usage,
                orchestration);
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Choice(
            String text, int index, @Nullable String logprobs, @Nullable String finishReason) {}
}
