package dev.brigade.rest.generation;

import dev.brigade.rest.json.JsonFields;

/** What chats and completions do differently. */
public interface GenerationKind {

    /** The input of the contract's request, read from the body's own fields. */
    Object input(JsonFields body);

    /** The form of its answers. */
    AnswerForm form();
}
