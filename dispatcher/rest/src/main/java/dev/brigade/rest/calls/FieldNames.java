package dev.brigade.rest.calls;

import dev.brigade.rest.error.ApiError;

/** The names by which HTTP clients know the contract's fields, where they differ. */
@FunctionalInterface
public interface FieldNames {

    /** The same names. */
    FieldNames SAME = param -> param;

    /** The client's name of a field, such as {@code image_path} for {@code path}. */
    String of(String param);

    /** The error with the client's name, also at the beginning of its message. */
    default ApiError told(ApiError error) {
        String param = error.param();
        if (param == null || of(param).equals(param)) {
            return error;
        }
        String message =
                error.message().startsWith(param + " ")
                        ? of(param) + error.message().substring(param.length())
                        : error.message();
        return new ApiError(
                error.status(), error.type(), error.code(), of(param), message, error.retryAfter());
    }
}
