package dev.brigade.rest.embeddings;

import dev.brigade.rest.calls.CommonFields;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.InferenceRequest;
import java.util.List;
import java.util.Optional;

/**
 * Reads a body of {@code /v1/embeddings}. Counts, sizes and emptiness are the contract's to check.
 */
final class EmbeddingFields {

    private EmbeddingFields() {}

    /**
     * Reads it.
     *
     * @param model the model that the URL names
     */
    static PlainCall read(
            JsonFields body,
            Optional<String> model,
            Optional<String> idempotencyHeader,
            VectorReader vectors) {
        EmbeddingInput.Builder input = input(body.required("input"));
        body.integer("dimensions").ifPresent(input::setDimensions);
        body.string("input_type").ifPresent(input::setInputType);
        EncodingFormat format = EncodingFormat.of(body);
        InferenceRequest.Builder request = CommonFields.whole(input.build());
        CommonFields.read(body, idempotencyHeader, request);
        model.ifPresent(named -> request.setModel(only(named, body)));
        body.refuseOthers();
        return new PlainCall(
                CommonFields.checked(request.build(), FieldNames.SAME),
                (answer, memory) -> EmbeddingList.of(answer, vectors.read(answer, memory), format),
                FieldNames.SAME);
    }

    /** The model of the URL, which the body need not repeat. */
    private static String only(String model, JsonFields body) {
        body.string("model")
                .filter(other -> !other.equals(model))
                .ifPresent(other -> {
                    throw new ApiException(
                            ApiError.invalid("model", "model differs from that of the URL"));
                });
        return model;
    }

    private static EmbeddingInput.Builder input(JsonValue input) {
        EmbeddingInput.Builder builder = EmbeddingInput.newBuilder();
        if (input.isString()) {
            return builder.setTexts(List.of(input.string()));
        }
        if (!input.isArray()) {
            throw input.wrongType("a string or an array");
        }
        List<JsonValue> elements = input.elements();
        if (elements.isEmpty()) {
            return builder;
        }
        JsonValue first = elements.getFirst();
        if (first.isString()) {
            return builder.setTexts(elements.stream().map(JsonValue::string).toList());
        }
        if (first.isArray()) {
            return builder.setTokens(elements.stream().map(EmbeddingFields::tokens).toList());
        }
        if (first.node().isNumber()) {
            return builder.setTokens(List.of(tokens(input)));
        }
        throw first.wrongType("a string, an integer or an array of integers");
    }

    private static List<Integer> tokens(JsonValue text) {
        return text.elements().stream().map(JsonValue::integer).toList();
    }
}
