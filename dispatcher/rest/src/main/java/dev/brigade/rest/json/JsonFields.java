package dev.brigade.rest.json;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, read one by one. It remembers which were asked for, so that {@link
 * #refuseOthers} can name one that nobody knows. As with OpenAI, a field that is null is absent.
 * Every reading method throws {@link ApiException} for a value of another type.
 */
public final class JsonFields {

    private final String path;
    private final JsonNode object;
    private final Set<String> known = new HashSet<>();

    JsonFields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
    }

    /** The field, where it is present and not null. */
    public Optional<JsonValue> value(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull()
                ? Optional.empty()
                : Optional.of(new JsonValue(pathOf(name), value));
    }

    /** A field that must be there. */
    public JsonValue required(String name) {
        return value(name)
                .orElseThrow(() ->
                        new ApiException(
                                ApiError.invalid(pathOf(name), pathOf(name) + " is required")));
    }

    public Optional<String> string(String name) {
        return value(name).map(JsonValue::string);
    }

    public Optional<Double> number(String name) {
        return value(name).map(JsonValue::number);
    }

    public Optional<Integer> integer(String name) {
        return value(name).map(JsonValue::integer);
    }

    public Optional<Long> longInteger(String name) {
        return value(name).map(JsonValue::longInteger);
    }

    public Optional<Boolean> bool(String name) {
        return value(name).map(JsonValue::bool);
    }

    public Optional<JsonFields> object(String name) {
        return value(name).map(JsonValue::object);
    }

    public Optional<List<JsonValue>> array(String name) {
        return value(name).map(JsonValue::elements);
    }

    /** All fields by name, for an object whose names are the client's own. */
    public Map<String, JsonValue> all() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> {
                    known.add(field.getKey());
                    String at = pathOf(field.getKey());
                    all.put(field.getKey(), new JsonValue(at, field.getValue()));
                });
        return all;
    }

    /**
     * Refuses a field that cannot be honoured, unless it is absent or asks for nothing.
     *
     * @param asksNothing whether a value changes nothing, such as {@code n: 1}
     */
    public void refuse(String name, Predicate<JsonNode> asksNothing) {
        value(name)
                .filter(value -> !asksNothing.test(value.node()))
                .ifPresent(value -> {
                    throw new ApiException(
                            ApiError.unsupported(
                                    value.path(), "cannot be honoured by this server"));
                });
    }

    /** Refuses a field that nobody has asked for. */
    public void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new ApiException(
                        ApiError.unsupported(
                                pathOf(name), "is not a field that this server knows"));
            }
        }
    }

    /** Path of a field, such as {@code messages[0].content}. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
