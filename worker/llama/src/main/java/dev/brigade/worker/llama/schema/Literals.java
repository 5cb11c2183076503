package dev.brigade.worker.llama.schema;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values that stand in a grammar as they are. The bundled engine writes quotes and backslashes of a
 * literal wrongly, and then passes over the whole grammar in silence: such texts are refused.
 */
final class Literals {

    private static final int MOST_VALUES = 256;
    private static final int LONGEST_TEXT = 256;
    private static final long LARGEST_WHOLE = 1L << 53;

    private Literals() {}

    static ArrayNode list(JsonNode values, String place) throws SchemaFault {
        if (!values.isArray() || values.isEmpty() || values.size() > MOST_VALUES) {
            throw new SchemaFault(place, "is not an array of 1 to " + MOST_VALUES + " values");
        }
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (JsonNode value : values) {
            copy.add(one(value, place));
        }
        return copy;
    }

    static JsonNode one(JsonNode value, String place) throws SchemaFault {
        if (value.isString()) {
            return JsonNodeFactory.instance.stringNode(checked(value.stringValue(), place));
        }
        if (value.isBoolean() || value.isNull()) {
            return value;
        }
        if (value.isIntegralNumber()
                && value.canConvertToLong()
                && Math.abs(value.longValue()) <= LARGEST_WHOLE) {
            return JsonNodeFactory.instance.numberNode(value.longValue());
        }
        throw new SchemaFault(
                place, "has a value that is not a string, whole number, true, false or null");
    }

    static String checked(String text, String place) throws SchemaFault {
        if (text.length() > LONGEST_TEXT) {
            throw new SchemaFault(place, "has a text of over " + LONGEST_TEXT + " characters");
        }
        boolean unprintable =
                text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 127);
        if (unprintable || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new SchemaFault(
                    place, "has a text with a quote, a backslash or a control character");
        }
        return text;
    }

    static String quote(String name) {
        return "'"
                + name.substring(0, Math.min(40, name.length())).replaceAll("\\p{Cntrl}", "?")
                + "'";
    }
}
