package dev.brigade.worker.vision;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a JSON object in an answer says.
 *
 * @param value of the field that names the label; of a list, its entries
 * @param whole whether there is nothing beside the object
 */
record AnswerJson(String value, boolean whole) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> FIELDS =
            List.of("classification", "label", "category", "class", "answer", "result", "verdict");

    /** The answer's object, where there is one that names a label. */
    static Optional<AnswerJson> of(String answer) {
        String text = AnswerText.withoutFence(answer);
        int from = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (from < 0 || end < from) {
            return Optional.empty();
        }
        boolean whole = from == 0 && end == text.length() - 1;
        try {
            JsonNode object = MAPPER.readTree(text.substring(from, end + 1));
            return field(object).map(value -> new AnswerJson(value, whole));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> field(JsonNode object) {
        for (String field : FIELDS) {
            for (var property : object.properties()) {
                if (property.getKey().toLowerCase(Locale.ROOT).equals(field)) {
                    return Optional.of(text(property.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
