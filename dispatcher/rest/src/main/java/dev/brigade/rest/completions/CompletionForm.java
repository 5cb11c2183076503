package dev.brigade.rest.completions;

import dev.brigade.client.Answer;
import dev.brigade.rest.completions.TextCompletion.Choice;
import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import dev.brigade.rest.generation.UsageView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of completions. */
final class CompletionForm implements AnswerForm {

    @Override
    public Object whole(Answer answer) {
        StreamHead head = StreamHead.of(answer.requestId(), answer.model());
        return TextCompletion.of(
                head,
                choice(answer.text(), answer.finishReason()),
                UsageView.of(answer),
                OrchestrationView.of(answer));
    }

    @Override
    public Optional<Object> opening(StreamHead head) {
        return Optional.empty();
    }

    @Override
    public Object text(StreamHead head, String text) {
        return TextCompletion.of(head, choice(text, null), null, null);
    }

    @Override
    public List<Object> ending(StreamHead head, Answer answer) {
        return List.of(
                TextCompletion.of(
                        head,
                        choice("", answer.finishReason()),
                        null,
                        OrchestrationView.of(answer)));
    }

    @Override
    public Object withoutChoices(StreamHead head) {
        return TextCompletion.of(head, List.of(), null, null);
    }

    private static List<Choice> choice(String text, @Nullable String finishReason) {
        return List.of(new Choice(text, 0, null, finishReason));
    }
}
