package dev.brigade.rest.completions;

import dev.brigade.client.Answer;
import dev.brigade.rest.completions.ChatChunk.Choice;
import dev.brigade.rest.completions.ChatChunk.Delta;
import dev.brigade.rest.generation.AnswerForm;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.rest.generation.StreamHead;
import java.util.List;
import java.util.Optional;

/** Answers of chats. */
public final class ChatForm implements AnswerForm {

    @Override
    public Object whole(Answer answer) {
        return ChatCompletion.of(answer);
    }

    @Override
    public Optional<Object> opening(StreamHead head) {
        Choice choice = new Choice(0, new Delta("assistant", ""), null, null);
        return Optional.of(ChatChunk.of(head, List.of(choice), null));
    }

    @Override
    public Object text(StreamHead head, String text) {
        Choice choice = new Choice(0, new Delta(null, text), null, null);
        return ChatChunk.of(head, List.of(choice), null);
    }

    @Override
    public Object ending(StreamHead head, Answer answer) {
        Choice choice = new Choice(0, new Delta(null, null), null, answer.finishReason());
        return ChatChunk.of(head, List.of(choice), OrchestrationView.of(answer));
    }

    @Override
    public Object usage(StreamHead head, Answer answer) {
        return ChatChunk.of(head, List.of(), null);
    }
}
