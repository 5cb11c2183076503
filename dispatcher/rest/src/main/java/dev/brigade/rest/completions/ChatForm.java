package dev.brigade.rest.completions;

import dev.brigade.client.Answer;
import dev.brigade.rest.completions.ChatChunk.Choice;
import dev.brigade.rest.completions.ChatChunk.Delta;
import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers of chats. */
public final class ChatForm implements AnswerForm {

    private static final String ROLE = "assistant";

    @Override
    public Object whole(Answer answer) {
        return ChatCompletion.of(answer);
    }

    @Override
    public Optional<Object> opening(StreamHead head) {
        return Optional.of(piece(head, Choice.saying(0, new Delta(ROLE, ""))));
    }

    @Override
    public Object text(StreamHead head, String text) {
        return piece(head, Choice.saying(0, new Delta(null, text)));
    }

    @Override
    public List<Object> ending(StreamHead head, Answer answer) {
        List<ChoiceText> choices = ChoiceText.of(answer);
        List<Object> pieces = new ArrayList<>();
        if (ChoiceText.areItems(answer)) {
            choices.forEach(item -> pieces.add(piece(head, item(item))));
        }
        // Some clients take a stream for ended as soon as every choice that has begun has ended.
        List<Choice> ends = choices.stream().map(Choice::ending).toList();
        pieces.add(ChatChunk.of(head, ends, OrchestrationView.of(answer)));
        return pieces;
    }

    private static Choice item(ChoiceText item) {
        // The opening has said the role of choice 0, and some clients join what is said twice.
        String role = item.index() == 0 ? null : ROLE;
        return Choice.saying(item.index(), new Delta(role, item.text()));
    }

    @Override
    public Object withoutChoices(StreamHead head) {
        return ChatChunk.of(head, List.of(), null);
    }

    private static ChatChunk piece(StreamHead head, Choice choice) {
        return ChatChunk.of(head, List.of(choice), null);
    }
}
