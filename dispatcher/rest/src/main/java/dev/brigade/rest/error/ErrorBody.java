package dev.brigade.rest.error;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** OpenAI's error object: the body of a failed call, and the last event of a failed stream. */
public record ErrorBody(Detail error) {

    /** The body that tells this error. */
    public static ErrorBody of(ApiError error) {
        return new ErrorBody(
                new Detail(error.message(), error.type(), error.param(), error.code()));
    }

    /** OpenAI's four fields. */
    @JsonPropertyOrder({"message", "type", "param", "code"})
    public record Detail(String message, String type, @Nullable String param, String code) {}
}
