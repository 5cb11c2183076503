package dev.brigade.worker.remote;

import dev.brigade.contract.error.ErrorCode;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an error of the server means. The server's own words may repeat the prompt, and so they are
 * looked at and never passed on.
 */
final class ServerError {

    /** As vLLM, TGI, llama-server, OpenAI and Brigade say it, in code, type or message. */
    private static final Pattern TOO_LONG =
            Pattern.compile(
                    "(?i)context_length_exceeded|exceed_context_size|context (length|size|window)|"
                            + "max_new_tokens. must be|maximum (sequence|input) length|"
                            + "must have less than \\d+ tokens|inputs. must have less");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]-]{0,63}");

    private ServerError() {}

    /** An answer that is not 200. */
    static CallFailure of(int status, byte[] body) {
        JsonNode said = Json.read(body).orElse(MissingNode.getInstance());
        return of(status, said);
    }

    /** An {@code error} among the pieces of a streamed answer. */
    static CallFailure inStream(JsonNode piece) {
        JsonNode error = piece.path("error");
        int status = error.path("code").isInt() ? error.path("code").intValue() : 0;
        if (status == 0) {
            boolean request =
                    error.path("type").asString("").equals("invalid_request_error")
                            || TOO_LONG.matcher(words(piece)).find();
            status = request ? 400 : 500;
        }
        return of(status, piece);
    }

    private static CallFailure of(int status, JsonNode said) {
        String http = " (HTTP " + status + named(said) + ")";
        return switch (status) {
            case 400, 413, 422 -> refused(status, said, http);
            case 401, 403 ->
                    engine(
                            "refuses access; its operator must check the API key and what it may do"
                                    + http);
            case 404 -> engine("does not know the model, or has no such call" + http);
            case 405, 501 -> failure(ErrorCode.UNSUPPORTED_TASK, "cannot do this" + http);
            case 408, 429, 502, 503, 504 -> engine("cannot take the request now" + http);
            default ->
                    status >= 300 && status < 400
                            ? engine("redirects, which is not followed" + http)
                            : engine("failed" + http);
        };
    }

    private static CallFailure refused(int status, JsonNode said, String http) {
        if (TOO_LONG.matcher(words(said)).find()) {
            return failure(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "cannot hold so long a prompt and answer" + http);
        }
        return status == 413
                ? failure(ErrorCode.REQUEST_TOO_LARGE, "takes no request so large" + http)
                : failure(ErrorCode.INVALID_REQUEST, "refuses the request" + http);
    }

    private static CallFailure engine(String what) {
        return failure(ErrorCode.ENGINE_ERROR, what);
    }

    private static CallFailure failure(ErrorCode code, String what) {
        return new CallFailure(CallFailure.Kind.ANSWERED, code, "the model's server " + what);
    }

    /** The field that it is about, where it is named as fields are. */
    private static String named(JsonNode said) {
        return Optional.of(said.path("error").path("param"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(param -> NAME.matcher(param).matches())
                .map(param -> ", param " + param)
                .orElse("");
    }

    private static String words(JsonNode said) {
        JsonNode error = said.path("error");
        return String.join(
                " ",
                error.path("code").asString(""),
                error.path("type").asString(""),
                error.path("message").asString(""),
                error.asString(""),
                said.path("message").asString(""),
                said.path("detail").asString(""));
    }
}
