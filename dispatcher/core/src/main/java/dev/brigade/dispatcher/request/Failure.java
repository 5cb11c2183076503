package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * Why a request, or a part of it, has no answer.
 *
 * @param message for the application; never holds prompt or answer text
 * @param param the request's field at fault, by its public name
 */
public record Failure(Code code, String message, Optional<String> param) {

    public static Failure of(Code code, String message) {
        return new Failure(code, message, Optional.empty());
    }

    /** An {@code invalid_request} that blames one field. */
    public static Failure invalid(String param, String message) {
        return new Failure(Code.INVALID_REQUEST, message, Optional.of(param));
    }
}
