package dev.brigade.rest.completions;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.CompletionInput;
import java.util.List;

/** Reads what a completion goes on from. Emptiness is the contract's to check. */
final class CompletionFields {

    private CompletionFields() {}

    static CompletionInput read(JsonFields body) {
        refuseOrchestration(body);
        return new CompletionInput(
                prompt(body.required("prompt")), body.bool("echo").orElse(false));
    }

    private static void refuseOrchestration(JsonFields body) {
        body.string("orchestration_mode")
                .filter(mode -> !mode.equals("single"))
                .ifPresent(mode -> {
                    throw new ApiException(
                            ApiError.of(
                                    ErrorCode.UNSUPPORTED_MODE,
                                    "orchestration_mode",
                                    "orchestration_mode must be single or absent here: the others"
                                            + " work on chats, at /v1/chat/completions"));
                });
        body.value("items")
                .ifPresent(items -> {
                    throw new ApiException(
                            ApiError.unsupported(
                                    items.path(), "is allowed only at /v1/chat/completions"));
                });
    }

    private static String prompt(JsonValue prompt) {
        if (prompt.isString()) {
            return prompt.string();
        }
        if (!prompt.isArray()) {
            throw prompt.wrongType("a string");
        }
        List<JsonValue> elements = prompt.elements();
        if (elements.size() == 1 && elements.getFirst().isString()) {
            return elements.getFirst().string();
        }
        throw new ApiException(
                ApiError.unsupported(
                        prompt.path(),
                        "must be a string or an array of one string: several prompts and tokens"
                                + " cannot be honoured"));
    }
}
