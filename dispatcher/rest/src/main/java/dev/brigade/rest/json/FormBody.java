package dev.brigade.rest.json;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text fields of a form as if they had come as JSON, so that a call has one reader for both. A
 * form has only texts, so a field that is none is read as a JSON value: {@code true}, {@code 0.5},
 * {@code {"a":"b"}}. What is no JSON, such as {@code high}, is a string.
 */
public final class FormBody {

    private FormBody() {}

    /**
     * The fields.
     *
     * @param texts names of the fields that are strings, whatever they look like
     */
    public static JsonFields fields(Map<String, String> values, Set<String> texts) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) ->
                object.set(
                        name,
                        texts.contains(name)
                                ? JsonNodeFactory.instance.stringNode(value)
                                : node(value)));
        return new JsonFields("", object);
    }

    private static JsonNode node(String value) {
        try {
            return value.isBlank()
                    ? JsonNodeFactory.instance.stringNode(value)
                    : JsonBody.node(value);
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.stringNode(value);
        }
    }
}
