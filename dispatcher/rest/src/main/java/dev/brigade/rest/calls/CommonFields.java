package dev.brigade.rest.calls;

import dev.brigade.contract.request.RequestRules;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.InferenceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields that every request has, whatever its task. */
public final class CommonFields {

    private CommonFields() {}

    /** A request that wants its answer as one. */
    public static InferenceRequest.Builder whole(Object input) {
        return InferenceRequest.newBuilder().setInput(input).setStream(false);
    }

    /**
     * Reads them.
     *
     * @param idempotencyHeader value of {@code Idempotency-Key}
     */
    public static void read(
            JsonFields body, Optional<String> idempotencyHeader, InferenceRequest.Builder request) {
        RoutingFields.read(body, request);
        request.setMetadata(metadata(body));
        idempotencyKey(body, idempotencyHeader).ifPresent(request::setIdempotencyKey);
        identities(body);
    }

    /**
     * The request, once it is found valid.
     *
     * @throws ApiException for the first rule of the contract that it does not keep
     */
    public static InferenceRequest checked(InferenceRequest request, FieldNames names) {
        RequestRules.firstViolation(request)
                .ifPresent(violation -> {
                    throw new ApiException(names.told(ApiError.of(violation)));
                });
        return request;
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
}
