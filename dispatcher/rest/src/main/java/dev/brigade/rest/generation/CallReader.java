package dev.brigade.rest.generation;

import dev.brigade.contract.request.RequestRules;
import dev.brigade.contract.request.Violation;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.InferenceRequest;
import java.util.HashMap;
import java.util.Map;
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
                        .setSampling(SamplingFields.read(body))
                        .setMetadata(metadata(body));
        boolean streamed = body.bool("stream").orElse(false);
        request.setStream(streamed);
        RoutingFields.read(body, request);
        OrchestrationFields.read(body, request);
        idempotencyKey(body, idempotencyHeader).ifPresent(request::setIdempotencyKey);
        boolean includeUsage = includeUsage(body, streamed);
        identities(body);
        body.refuseOthers();
        return new GenerationCall(checked(request.build(), body), includeUsage);
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

    private static Optional<String> idempotencyKey(JsonFields body, Optional<String> header) {
        Optional<String> field = body.string("idempotency_key");
        if (field.isPresent() && header.isPresent() && !field.equals(header)) {
            throw new ApiException(
                    ApiError.invalid(
                            "idempotency_key",
                            "idempotency_key differs from the header Idempotency-Key"));
        }
        return field.or(() -> header);
    }

    private static Map<String, String> metadata(JsonFields body) {
        Map<String, String> metadata = new HashMap<>();
        body.object("metadata")
                .ifPresent(fields ->
                        fields.all().forEach((key, value) -> metadata.put(key, value.string())));
        return metadata;
    }

    /** Names of end users change nothing here; they are only checked. */
    private static void identities(JsonFields body) {
        body.string("user");
        body.string("safety_identifier");
    }

    private static InferenceRequest checked(InferenceRequest request, JsonFields body) {
        RequestRules.firstViolation(request)
                .ifPresent(violation -> {
                    throw new ApiException(ApiError.of(named(violation, body)));
                });
        return request;
    }

    /**
     * The contract has one name for what OpenAI calls by two: the client is told the one it used.
     */
    private static Violation named(Violation violation, JsonFields body) {
        String newer = SamplingFields.MAX_COMPLETION_TOKENS;
        if (!violation.param().equals(SamplingFields.MAX_TOKENS) || body.value(newer).isEmpty()) {
            return violation;
        }
        String message = violation.message().replaceFirst(SamplingFields.MAX_TOKENS, newer);
        return new Violation(violation.code(), newer, message);
    }
}
