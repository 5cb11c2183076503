package dev.brigade.rest.calls;

import dev.brigade.client.Answer;
import dev.brigade.rest.http.BodyMemory;

/** The JSON of answers whose output is of one kind, and no text. */
public interface OutputForm {

    /** Whether the answer's output is of this kind. */
    boolean fits(Answer answer);

    /**
     * The form that the call for it answers with, as far as the answer alone tells.
     *
     * @param memory holds what is large of it, until it is written
     */
    Object of(Answer answer, BodyMemory.Share memory);
}
