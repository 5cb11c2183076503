package dev.brigade.rest.completions;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a chat goes on from: messages, or items that each come behind them. Roles, sizes and
 * emptiness are the contract's to check.
 */
final class ChatFields {

    private ChatFields() {}

    static Object read(JsonFields body) {
        return asksForMap(body) ? map(body) : new ChatInput(messages(body.required("messages")));
    }

    /**
     * Items with another mode are a map as well: the contract then refuses the mode by its name.
     */
    private static boolean asksForMap(JsonFields body) {
        return body.value("items").isPresent()
                || body.string("orchestration_mode").filter("map"::equals).isPresent();
    }

    private static MapInput map(JsonFields body) {
        List<JsonValue> items = body.required("items").elements();
        return new MapInput(
                body.value("messages").map(ChatFields::messages).orElse(List.of()),
                items.stream().map(JsonValue::string).toList());
    }

    private static List<Message> messages(JsonValue messages) {
        return messages.elements().stream().map(ChatFields::message).toList();
    }

    private static Message message(JsonValue element) {
        JsonFields fields = element.object();
        Message message =
                new Message(
                        fields.required("role").string(),
                        content(fields.required("content")),
                        fields.string("name").orElse(null));
        // What an earlier answer carries when a client sends it back as a message.
        fields.refuse("annotations", JsonNode::isEmpty);
        fields.refuse("tool_calls", JsonNode::isEmpty);
        fields.refuse("audio", nothing -> false);
        fields.refuse("function_call", nothing -> false);
        fields.refuse("refusal", nothing -> false);
        fields.refuseOthers();
        return message;
    }

    private static String content(JsonValue content) {
        if (content.isString()) {
            return content.string();
        }
        if (content.isArray()) {
            return content.elements().stream()
                    .map(ChatFields::textPart)
                    .collect(Collectors.joining("\n"));
        }
        throw content.wrongType("a string or an array of parts");
    }

    private static String textPart(JsonValue part) {
        JsonFields fields = part.object();
        JsonValue type = fields.required("type");
        if (!type.string().equals("text")) {
            throw new ApiException(
                    ApiError.unsupported(
                            type.path(), "must be text: other parts cannot be honoured"));
        }
        String text = fields.required("text").string();
        fields.refuseOthers();
        return text;
    }
}
