package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import java.util.Optional;

/** The JSON of an answer, whole or in pieces. What it returns is written as it stands. */
public interface AnswerForm {

    /** The whole answer. */
    Object whole(Answer answer);

    /** The first piece of a stream, before any text; none where the API has none. */
    Optional<Object> opening(StreamHead head);

    /** Text to append. */
    Object text(StreamHead head, String text);

    /** The end of the text and why it ended. */
    Object ending(StreamHead head, Answer answer);

    /** The piece without choices that carries the usage. */
    Object usage(StreamHead head, Answer answer);
}
