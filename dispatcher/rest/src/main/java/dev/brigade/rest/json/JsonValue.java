package dev.brigade.rest.json;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A JSON value and the path at which it stands. It is read as the type that it has, or refused.
 *
 * @param path such as {@code messages[0].content}
 */
public record JsonValue(String path, JsonNode node) {

    /** The value as a string of well-formed Unicode. */
    public String string() {
        require(node.isString(), "a string");
        String text = node.stringValue();
        if (hasLoneSurrogate(text)) {
            throw new ApiException(ApiError.invalid(path, path + " is not well-formed Unicode"));
        }
        return text;
    }

    /** The value as a finite number. */
    public double number() {
        require(node.isNumber(), "a number");
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw new ApiException(ApiError.invalid(path, path + " is out of range"));
        }
        return value;
    }

    /** The value as an integer of 32 bits. */
    public int integer() {
        long value = longInteger();
        if (value != (int) value) {
            throw new ApiException(ApiError.invalid(path, path + " is out of range"));
        }
        return (int) value;
    }

    /** The value as an integer of 64 bits. */
    public long longInteger() {
        require(node.isIntegralNumber(), "an integer");
        if (!node.canConvertToLong()) {
            throw new ApiException(ApiError.invalid(path, path + " is out of range"));
        }
        return node.longValue();
    }

    /** The value as true or false. */
    public boolean bool() {
        require(node.isBoolean(), "a boolean");
        return node.booleanValue();
    }

    /** The value as an object. */
    public JsonFields object() {
        require(node.isObject(), "an object");
        return new JsonFields(path, node);
    }

    /**
     * The value as an object whose fields have the paths that they would have if it stood alone.
     */
    public JsonFields alone() {
        require(node.isObject(), "an object");
        return new JsonFields("", node);
    }

    /** The elements of the value, which must be an array. */
    public List<JsonValue> elements() {
        require(node.isArray(), "an array");
        List<JsonValue> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonValue(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    public boolean isString() {
        return node.isString();
    }

    public boolean isArray() {
        return node.isArray();
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw wrongType(expected);
        }
    }

    /** The error for a value of another type than expected. */
    public ApiException wrongType(String expected) {
        String found =
                switch (node.getNodeType()) {
                    case ARRAY -> "an array";
                    case BOOLEAN -> "a boolean";
                    case NULL -> "null";
                    case NUMBER -> node.isIntegralNumber() ? "an integer" : "a number";
                    case OBJECT -> "an object";
                    case STRING -> "a string";
                    case BINARY, MISSING, POJO -> "nothing";
                };
        return new ApiException(
                ApiError.invalid(path, "%s must be %s, not %s".formatted(path, expected, found)));
    }

    /** UTF-8 has no form for half a surrogate pair; encoders would silently put a '?' there. */
    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
