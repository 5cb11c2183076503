package dev.brigade.rest.generation;

import dev.brigade.rest.calls.CommonFields;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.InferenceRequest;
import java.util.Optional;

/** Reads a body into a request of the contract, or refuses it by the name of the field at fault. */
final class CallReader {

    private CallReader() {}

    /**
     * The call in a body.
     *
     * @param idempotencyHeader value of {@code Idempotency-Key}
     */
    static GenerationCall read(
            JsonFields body, GenerationKind kind, Optional<String> idempotencyHeader) {
        UnsupportedFields.refuseIn(body);
        InferenceRequest.Builder request =
                InferenceRequest.newBuilder()
                        .setInput(kind.input().apply(body))
                        .setSampling(SamplingFields.read(body));
        boolean streamed = body.bool("stream").orElse(false);
        request.setStream(streamed);
        CommonFields.read(body, idempotencyHeader, request);
        OrchestrationFields.read(body, request);
        boolean includeUsage = includeUsage(body, streamed);
        body.refuseOthers();
        InferenceRequest checked = CommonFields.checked(request.build(), names(body));
        return new GenerationCall(checked, includeUsage);
    }

    private static boolean includeUsage(JsonFields body, boolean streamed) {
        Optional<JsonFields> options = body.object("stream_options");
        if (options.isPresent() && !streamed) {
            throw new ApiException(
                    ApiError.invalid(
                            "stream_options", "stream_options is allowed only with stream: true"));
        }
        return options.map(CallReader::includeUsage).orElse(false);
    }

    private static boolean includeUsage(JsonFields options) {
        boolean includeUsage = options.bool("include_usage").orElse(false);
        options.refuse("include_obfuscation", NoOp.FALSE);
        options.refuseOthers();
        return includeUsage;
    }

    /**
     * The contract has one name for what OpenAI calls by two: the client is told the one it used.
     */
    private static FieldNames names(JsonFields body) {
        String newer = SamplingFields.MAX_COMPLETION_TOKENS;
        boolean used = body.value(newer).isPresent();
        return param -> used && param.equals(SamplingFields.MAX_TOKENS) ? newer : param;
    }
}
