package dev.brigade.rest.error;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.brigade.schema.ReplyError;
import org.jspecify.annotations.Nullable;

/** OpenAI's error object: the body of a failed call, and the last event of a failed stream. */
public record ErrorBody(Detail error) {

    /** The body that tells this error. */
    public static ErrorBody of(ApiError error) {
        return new ErrorBody(
                new Detail(error.message(), error.type(), error.param(), error.code()));
    }

    /** What a record of the contract says went wrong. */
    public static Detail detail(ReplyError error) {
        return of(ApiError.ofReply(error.getCode(), error.getParam(), error.getMessage())).error();
    }

    /** OpenAI's four fields. */
    @JsonPropertyOrder({"message", "type", "param", "code"})
    public record Detail(String message, String type, @Nullable String param, String code) {}
}
