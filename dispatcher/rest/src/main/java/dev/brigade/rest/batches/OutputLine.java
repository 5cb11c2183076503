package dev.brigade.rest.batches;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ErrorBody;
import org.jspecify.annotations.Nullable;

/** OpenAI's line of an output or error file: a response, or why there was none. */
record OutputLine(
        String id, String customId, @Nullable Response response, @Nullable Problem error) {

    /** How the URL itself would have answered. */
    record Response(int statusCode, String requestId, Object body) {}

    /** Why the call was not made, or not to its end. */
    record Problem(String code, String message) {}

    static OutputLine answered(String id, String customId, String requestId, Object body) {
        return new OutputLine(id, customId, new Response(200, requestId, body), null);
    }

    static OutputLine refused(String id, String customId, String requestId, ApiError error) {
        Response response = new Response(error.status(), requestId, ErrorBody.of(error));
        return new OutputLine(id, customId, response, null);
    }

    static OutputLine unanswered(String id, String customId, Stop why) {
        return new OutputLine(id, customId, null, new Problem(why.code(), why.message()));
    }
}
