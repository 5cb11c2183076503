package dev.brigade.contract.request;

import dev.brigade.contract.error.ErrorCode;

/**
 * A rule that a request does not keep.
 *
 * @param param field at fault, by its OpenAI name
 * @param message for people; never holds the field's text
 */
public record Violation(ErrorCode code, String param, String message) {}
