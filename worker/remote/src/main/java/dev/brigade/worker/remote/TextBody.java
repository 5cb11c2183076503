package dev.brigade.worker.remote;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.TokenLimit;
import java.util.Base64;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a chat or a completion. What the request leaves open is left to the server.
 *
 * @param path where it goes
 * @param promptTokens about as many as the prompt has; the server alone knows better
 */
record TextBody(String path, ObjectNode json, int promptTokens) {

    private static final int CHARACTERS_A_TOKEN = 4;

    static TextBody of(GenerationRequest request, String model, int contextLength)
            throws CallFailure {
        ObjectNode body = Json.object().put("model", model);
        int promptTokens = prompt(request.prompt(), body);
        OptionalInt most = most(request, promptTokens, contextLength);
        most.ifPresent(tokens -> body.put("max_tokens", tokens));
        request.temperature().ifPresent(value -> body.put("temperature", value));
        request.topP().ifPresent(value -> body.put("top_p", value));
        request.topK().ifPresent(value -> body.put("top_k", value));
        request.minP().ifPresent(value -> body.put("min_p", value));
        request.seed().ifPresent(value -> body.put("seed", value));
        request.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        request.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        request.repeatPenalty().ifPresent(value -> body.put("repeat_penalty", value));
        if (!request.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            request.stop().forEach(stop::add);
        }
        form(request.constraint(), body);
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        boolean chat = request.prompt() instanceof Prompt.Chat;
        return new TextBody(chat ? "/chat/completions" : "/completions", body, promptTokens);
    }

    private static OptionalInt most(GenerationRequest request, int promptTokens, int contextLength)
            throws CallFailure {
        boolean open = request.maxTokens().isEmpty() && request.totalTokens().isEmpty();
        return switch (TokenLimit.of(request, promptTokens, contextLength)) {
            case TokenLimit.Room(int tokens) -> open ? OptionalInt.empty() : OptionalInt.of(tokens);
            case TokenLimit.Full(ErrorCode code, String message) ->
                    throw new CallFailure(CallFailure.Kind.ANSWERED, code, message);
        };
    }

    /** Writes the prompt and says about how many tokens it has. */
    private static int prompt(Prompt prompt, ObjectNode body) {
        return switch (prompt) {
            case Prompt.Raw(String text) -> {
                body.put("prompt", text);
                yield tokens(text);
            }
            case Prompt.Chat chat -> {
                ArrayNode messages = body.putArray("messages");
                chat.messages().forEach(message -> messages.add(message(message)));
                yield chat.messages().stream().mapToInt(m -> tokens(m.content())).sum();
            }
        };
    }

    private static ObjectNode message(Message message) {
        ObjectNode json = Json.object().put("role", message.role());
        if (message.pictures().isEmpty()) {
            return json.put("content", message.content());
        }
        ArrayNode parts = json.putArray("content");
        for (Picture picture : message.pictures()) {
            parts.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", url(picture));
        }
        parts.addObject().put("type", "text").put("text", message.content());
        return json;
    }

    private static String url(Picture picture) {
        return "data:"
                + picture.mediaType()
                + ";base64,"
                + Base64.getEncoder().encodeToString(picture.bytes());
    }

    private static void form(Constraint constraint, ObjectNode body) throws CallFailure {
        switch (constraint) {
            case Constraint.None() -> {}
            case Constraint.JsonObject() ->
                    body.putObject("response_format").put("type", "json_object");
            case Constraint.JsonSchema(String schema) -> {
                JsonNode read =
                        Json.read(schema)
                                .filter(JsonNode::isObject)
                                .orElseThrow(() ->
                                        new CallFailure(
                                                CallFailure.Kind.ANSWERED,
                                                ErrorCode.INVALID_REQUEST,
                                                "response_format: the schema is no JSON object"));
                ObjectNode format = body.putObject("response_format").put("type", "json_schema");
                format.putObject("json_schema")
                        .put("name", "answer")
                        .put("strict", true)
                        .set("schema", read);
            }
        }
    }

    /** A low guess, so that the server refuses what is too long and not we what is not. */
    private static int tokens(String text) {
        return Math.max(1, text.length() / CHARACTERS_A_TOKEN);
    }
}
