package dev.brigade.rest.rerank;

import dev.brigade.rest.calls.CommonFields;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.RerankInput;
import java.util.List;
import java.util.Optional;

/** Reads a body of {@code /v1/rerank}. Counts, sizes and emptiness are the contract's to check. */
final class RerankFields {

    private RerankFields() {}

    static PlainCall read(JsonFields body, Optional<String> idempotencyHeader) {
        String query = body.required("query").string();
        List<String> documents =
                body.required("documents").elements().stream().map(RerankFields::text).toList();
        int top = body.value("top_n").map(RerankFields::top).orElse(Integer.MAX_VALUE);
        boolean told = body.bool("return_documents").orElse(true);
        InferenceRequest.Builder request = CommonFields.whole(new RerankInput(query, documents));
        CommonFields.read(body, idempotencyHeader, request);
        body.refuseOthers();
        List<String> shown = told ? documents : List.of();
        return new PlainCall(
                CommonFields.checked(request.build(), FieldNames.SAME),
                (answer, memory) -> RankedList.of(answer, top, shown),
                FieldNames.SAME);
    }

    private static String text(JsonValue document) {
        if (document.isString()) {
            return document.string();
        }
        if (!document.node().isObject()) {
            throw document.wrongType("a string or an object");
        }
        JsonFields fields = document.object();
        String text = fields.required("text").string();
        fields.refuseOthers();
        return text;
    }

    private static int top(JsonValue top) {
        int value = top.integer();
        if (value < 1) {
            throw new ApiException(
                    ApiError.invalid(top.path(), top.path() + " must be at least 1"));
        }
        return value;
    }
}
