package dev.brigade.rest.generation;

import dev.brigade.rest.json.JsonFields;
import java.util.function.Function;

/**
 * What chats and completions do differently.
 *
 * @param input reads the input of the contract's request from the body's own fields
 * @param form the form of its answers
 */
public record GenerationKind(Function<JsonFields, Object> input, AnswerForm form) {}
