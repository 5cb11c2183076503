package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * Constraint on the form of the answer.
 *
 * @param schema the JSON schema as JSON text, where the kind is JSON_SCHEMA
 */
public record ResponseFormat(Kind kind, Optional<String> schema) {

    public static final ResponseFormat TEXT = new ResponseFormat(Kind.TEXT, Optional.empty());

    /** What the decoder is constrained to. */
    public enum Kind {
        TEXT,
        JSON_OBJECT,
        JSON_SCHEMA
    }
}
