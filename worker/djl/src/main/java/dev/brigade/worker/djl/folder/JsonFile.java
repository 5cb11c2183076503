package dev.brigade.worker.djl.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a JSON file says, or a part of it. A property that is missing or null is empty; one of the
 * wrong kind or out of range is a {@link FolderFault} that names it.
 */
public final class JsonFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String place;
    private final JsonNode node;

    private JsonFile(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    static JsonFile read(String name, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isContainer()) {
                return new JsonFile(name, node);
            }
        } catch (JacksonException e) {
            throw new FolderFault(name + " is no JSON", e);
        }
        throw new FolderFault(name + " is no JSON object or list");
    }

    static JsonFile absent(String name) {
        return new JsonFile(name, MissingNode.getInstance());
    }

    /** Whether it says anything of this. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Whether this property is an object. */
    public boolean isObject(String name) {
        return node.path(name).isObject();
    }

    public Optional<String> text(String name) {
        return value(name, JsonNode::isString, "a text").map(JsonNode::stringValue);
    }

    public Optional<Boolean> flag(String name) {
        return value(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    public OptionalInt integer(String name, int least, int most) {
        return value(
                        name,
                        n -> n.isInt() && n.intValue() >= least && n.intValue() <= most,
                        "a whole number from %d to %d".formatted(least, most))
                .map(n -> OptionalInt.of(n.intValue()))
                .orElseGet(OptionalInt::empty);
    }

    public OptionalDouble number(String name, double least, double most) {
        return value(
                        name,
                        n -> n.isNumber() && n.doubleValue() >= least && n.doubleValue() <= most,
                        "a number from %s to %s".formatted(least, most))
                .map(n -> OptionalDouble.of(n.doubleValue()))
                .orElseGet(OptionalDouble::empty);
    }

    /** A list of so many numbers. */
    public Optional<List<Double>> numbers(String name, int count) {
        return value(
                        name,
                        n -> n.isArray() && n.size() == count && all(n, JsonNode::isNumber),
                        "a list of " + count + " numbers")
                .map(n -> n.values().stream().map(JsonNode::doubleValue).toList());
    }

    public List<String> texts(String name) {
        return value(name, n -> n.isArray() && all(n, JsonNode::isString), "a list of texts")
                .map(n -> n.values().stream().map(JsonNode::stringValue).toList())
                .orElse(List.of());
    }

    /** The object that this property holds. */
    public Optional<JsonFile> object(String name) {
        return value(name, JsonNode::isObject, "an object")
                .map(inner -> new JsonFile(place + ", " + name, inner));
    }

    /** Names of all its properties. */
    public List<String> names() {
        return List.copyOf(node.propertyNames());
    }

    /** The objects of a file that is a list. */
    public List<JsonFile> items() {
        List<JsonFile> items = new ArrayList<>();
        node.values().forEach(item -> items.add(new JsonFile(place, item)));
        return items;
    }

    /** A fault of this file. */
    public FolderFault fault(String what) {
        return new FolderFault(place + ": " + what);
    }

    /** For what a file must say. */
    public Supplier<FolderFault> lacks(String what) {
        return () -> fault("there is no " + what);
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> right) {
        return list.values().stream().allMatch(right);
    }

    private Optional<JsonNode> value(String name, Predicate<JsonNode> right, String form) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!right.test(value)) {
            throw fault(name + " must be " + form);
        }
        return Optional.of(value);
    }
}
