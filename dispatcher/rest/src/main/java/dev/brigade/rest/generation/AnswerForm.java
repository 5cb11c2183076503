package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import java.util.List;
import java.util.Optional;

/** The JSON of an answer, whole or in pieces. What it returns is written as it stands. */
public interface AnswerForm {

    /** The whole answer. */
    Object whole(Answer answer);

    /** The first piece of a stream, before any text; none where the API has none. */
    Optional<Object> opening(StreamHead head);

    /** Text to append. */
    Object text(StreamHead head, String text);

    /** The end of the text and why it ended; of a map all that its items say. Never empty. */
    List<Object> ending(StreamHead head, Answer answer);

    /** A piece without choices, to carry what is no text of the answer. */
    Object withoutChoices(StreamHead head);
}
