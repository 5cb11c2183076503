package dev.brigade.rest.completions;

import dev.brigade.client.Answer;
import dev.brigade.client.MapAnswer;
import dev.brigade.rest.completions.ChatChunk.Choice;
import dev.brigade.rest.completions.ChatChunk.Delta;
import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of chats. */
public final class ChatForm implements AnswerForm {

    private static final String ROLE = "assistant";

    @Override
    public Object whole(Answer answer) {
        return ChatCompletion.of(answer);
    }

    @Override
    public Optional<Object> opening(StreamHead head) {
        return Optional.of(piece(head, Choice.of(new Delta(ROLE, "")), null));
    }

    @Override
    public Object text(StreamHead head, String text) {
        return piece(head, Choice.of(new Delta(null, text)), null);
    }

    @Override
    public List<Object> ending(StreamHead head, Answer answer) {
        OrchestrationView report = OrchestrationView.of(answer);
        if (MapAnswer.items(answer.reply()).isEmpty()) {
            Delta nothing = new Delta(null, null);
            return List.of(
                    piece(head, new Choice(0, nothing, null, answer.finishReason(), null), report));
        }
        return items(head, ChoiceText.of(answer), report);
    }

    /** One piece for each item; the last has the report. */
    private static List<Object> items(
            StreamHead head, List<ChoiceText> items, @Nullable OrchestrationView report) {
        List<Object> pieces = new ArrayList<>();
        for (ChoiceText item : items) {
            boolean last = pieces.size() == items.size() - 1;
            pieces.add(piece(head, choice(item), last ? report : null));
        }
        return pieces;
    }

    private static Choice choice(ChoiceText item) {
        // The opening has said the role of choice 0, and some clients join what is said twice.
        Delta delta = new Delta(item.index() == 0 ? null : ROLE, item.text());
        return new Choice(item.index(), delta, null, item.finishReason(), item.error());
    }

    @Override
    public Object withoutChoices(StreamHead head) {
        return ChatChunk.of(head, List.of(), null);
    }

    private static ChatChunk piece(
            StreamHead head, Choice choice, @Nullable OrchestrationView report) {
        return ChatChunk.of(head, List.of(choice), report);
    }
}
