package dev.brigade.rest.completions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.Answer;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import dev.brigade.rest.generation.UsageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code chat.completion}. */
public record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        UsageView usage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrchestrationView orchestration) {

    /** An answer in this form. */
    public static ChatCompletion of(Answer answer) {
        return new ChatCompletion(
                idOf(answer.requestId()),
                "chat.completion",
                StreamHead.createdAt(answer.requestId()),
                answer.model(),
                ChoiceText.of(answer).stream().map(Choice::of).toList(),
                UsageView.of(answer),
                OrchestrationView.of(answer));
    }

    static String idOf(String requestId) {
        return "chatcmpl-" + requestId;
    }

    /** The one choice, or that of one item of a map. */
    public record Choice(
            int index,
            Message message,
            @Nullable String logprobs,
            String finishReason,
            @JsonInclude(JsonInclude.Include.NON_NULL) ErrorBody.@Nullable Detail error) {

        static Choice of(ChoiceText text) {
            return new Choice(
                    text.index(),
                    new Message("assistant", text.text(), null),
                    null,
                    text.finishReason(),
                    text.error());
        }
    }

    /** What the model says. */
    public record Message(String role, String content, @Nullable String refusal) {}
}
