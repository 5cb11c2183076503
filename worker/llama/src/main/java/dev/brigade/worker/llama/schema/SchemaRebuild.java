package dev.brigade.worker.llama.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One walk through a schema, which checks it and copies what may stay. */
final class SchemaRebuild {

    private static final int MOST_DEPTH = 16;
    private static final int MOST_SCHEMAS = 500;
    private static final int MOST_PROPERTIES = 64;
    private static final int MOST_REPETITIONS = 1_000;
    private static final int MOST_REPETITIONS_IN_ALL = 4_000;
    private static final int LARGEST_BOUND = 1_000_000_000;

    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "title",
                    "description",
                    "default",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly");
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "integer", "number", "boolean", "null");
    private static final Set<String> FORMATS = Set.of("date", "time", "date-time", "uuid");
    private static final List<String> DEFINITIONS = List.of("$defs", "definitions");

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_]+");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private int schemas;
    private int repetitions;

    SchemaRebuild(JsonNode root) {
        this.root = root;
    }

    /** How many of the schema's keywords hold definitions and say nothing themselves. */
    static int definitionsOf(JsonNode schema) {
        return (int) DEFINITIONS.stream().filter(schema::has).count();
    }

    ObjectNode rebuilt() throws SchemaFault {
        ObjectNode copy = schema(root, "the schema", 0);
        for (String key : DEFINITIONS) {
            if (root.has(key)) {
                copy.set(key, definitions(root.get(key), key));
            }
        }
        References.check(copy);
        return copy;
    }

    private ObjectNode definitions(JsonNode all, String key) throws SchemaFault {
        ObjectNode copy = NODES.objectNode();
        if (!all.isObject()) {
            throw new SchemaFault(key, "is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : all.properties()) {
            if (!entry.getKey().matches("[A-Za-z0-9_.-]{1,64}")) {
                throw new SchemaFault(key, "has a name that is not letters, digits, '_', '.', '-'");
            }
            String place = key + "/" + entry.getKey();
            copy.set(entry.getKey(), schema(entry.getValue(), place, 1));
        }
        return copy;
    }

    private ObjectNode schema(JsonNode schema, String place, int depth) throws SchemaFault {
        if (!schema.isObject()) {
            throw new SchemaFault(place, "is not a JSON object");
        }
        if (depth > MOST_DEPTH) {
            throw new SchemaFault(place, "is nested deeper than " + MOST_DEPTH);
        }
        if (++schemas > MOST_SCHEMAS) {
            throw new SchemaFault(place, "goes over the limit of " + MOST_SCHEMAS + " schemas");
        }
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            keyword(copy, entry.getKey(), entry.getValue(), place, depth);
        }
        checkTogether(copy, place);
        return copy;
    }

    private void keyword(ObjectNode copy, String key, JsonNode value, String place, int depth)
            throws SchemaFault {
        String inside = depth == 0 ? key : place + "/" + key;
        switch (key) {
            case "type" -> copy.set(key, types(value, inside));
            case "properties" -> copy.set(key, properties(value, inside, depth));
            case "required" -> copy.set(key, required(value, inside));
            case "items" -> copy.set(key, schema(value, inside, depth + 1));
            case "anyOf", "oneOf" -> copy.set(key, alternatives(value, inside, depth));
            case "enum" -> copy.set(key, Literals.list(value, inside));
            case "const" -> copy.set(key, Literals.one(value, inside));
            case "format" -> copy.put(key, oneOf(FORMATS, value, inside));
            case "$ref" -> copy.put(key, text(value, inside));
            case "minItems", "maxItems", "minLength", "maxLength" ->
                    copy.put(key, repetition(value, inside));
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
                    copy.put(key, bounded(value, -LARGEST_BOUND, LARGEST_BOUND, inside));
            case "additionalProperties" -> {
                if (value.isBoolean()) {
                    copy.put(key, value.booleanValue());
                } else {
                    copy.set(key, schema(value, inside, depth + 1));
                }
            }
            default -> {
                boolean definitions = depth == 0 && DEFINITIONS.contains(key);
                if (!definitions && !ANNOTATIONS.contains(key)) {
                    throw new SchemaFault(
                            place, "uses " + Literals.quote(key) + ", which is not supported");
                }
            }
        }
    }

    private static JsonNode types(JsonNode value, String place) throws SchemaFault {
        if (!value.isArray()) {
            return NODES.stringNode(oneOf(TYPES, value, place));
        }
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode type : value) {
            copy.add(oneOf(TYPES, type, place));
        }
        if (copy.isEmpty() || copy.size() > TYPES.size()) {
            throw new SchemaFault(place, "has " + copy.size() + " types");
        }
        return copy;
    }

    private ObjectNode properties(JsonNode value, String place, int depth) throws SchemaFault {
        if (!value.isObject() || value.size() > MOST_PROPERTIES) {
            throw new SchemaFault(
                    place, "is not an object of at most " + MOST_PROPERTIES + " properties");
        }
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String name = Literals.checked(entry.getKey(), place);
            if (name.equals("$ref")) {
                // The native converter takes it for a reference wherever it stands.
                throw new SchemaFault(place, "has a property named '$ref'");
            }
            copy.set(name, schema(entry.getValue(), place + "/" + name, depth + 1));
        }
        return copy;
    }

    private static ArrayNode required(JsonNode value, String place) throws SchemaFault {
        if (!value.isArray() || value.size() > MOST_PROPERTIES) {
            throw new SchemaFault(place, "is not an array of property names");
        }
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode name : value) {
            copy.add(Literals.checked(text(name, place), place));
        }
        return copy;
    }

    private ArrayNode alternatives(JsonNode value, String place, int depth) throws SchemaFault {
        if (!value.isArray() || value.isEmpty() || value.size() > MOST_PROPERTIES) {
            throw new SchemaFault(place, "is not an array of 1 to " + MOST_PROPERTIES + " schemas");
        }
        ArrayNode copy = NODES.arrayNode();
        for (JsonNode alternative : value) {
            copy.add(schema(alternative, place + "/" + copy.size(), depth + 1));
        }
        return copy;
    }

    private int repetition(JsonNode value, String place) throws SchemaFault {
        int count = bounded(value, 0, MOST_REPETITIONS, place);
        repetitions += count;
        if (repetitions > MOST_REPETITIONS_IN_ALL) {
            throw new SchemaFault(
                    place, "brings all lengths together over " + MOST_REPETITIONS_IN_ALL);
        }
        return count;
    }

    private static void checkTogether(ObjectNode copy, String place) throws SchemaFault {
        if (copy.has("required")) {
            for (JsonNode name : copy.get("required")) {
                if (!copy.path("properties").has(name.stringValue())) {
                    throw new SchemaFault(
                            place,
                            "requires "
                                    + Literals.quote(name.stringValue())
                                    + ", which is not among its properties");
                }
            }
        }
        checkConverter(copy, place);
        checkOrder(copy, "minItems", "maxItems", place);
        checkOrder(copy, "minLength", "maxLength", place);
        Bounds.settle(copy, place);
    }

    /** Where the bundled converter writes a grammar that the engine then passes over in silence. */
    private static void checkConverter(ObjectNode copy, String place) throws SchemaFault {
        if (copy.path("maxItems").asInt(1) == 0) {
            throw new SchemaFault(place, "has maxItems 0, which is not supported");
        }
        JsonNode additional = copy.path("additionalProperties");
        if (additional.isObject() || additional.asBoolean(false)) {
            for (String name : copy.path("properties").propertyNames()) {
                if (!PLAIN_NAME.matcher(name).matches()) {
                    throw new SchemaFault(
                            place,
                            "allows additional properties beside %s, whose name is not only"
                                            .formatted(Literals.quote(name))
                                    + " letters, digits and '_'");
                }
            }
        }
    }

    private static void checkOrder(ObjectNode copy, String least, String most, String place)
            throws SchemaFault {
        if (copy.has(least)
                && copy.has(most)
                && copy.get(least).intValue() > copy.get(most).intValue()) {
            throw new SchemaFault(place, "has " + least + " above " + most);
        }
    }

    private static int bounded(JsonNode value, int least, int most, String place)
            throws SchemaFault {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw new SchemaFault(
                    place, "is not a whole number of %d to %d".formatted(least, most));
        }
        return value.intValue();
    }

    private static String oneOf(Set<String> allowed, JsonNode value, String place)
            throws SchemaFault {
        String text = text(value, place);
        if (!allowed.contains(text)) {
            throw new SchemaFault(place, "is none of " + allowed.stream().sorted().toList());
        }
        return text;
    }

    private static String text(JsonNode value, String place) throws SchemaFault {
        if (!value.isString()) {
            throw new SchemaFault(place, "is not a string");
        }
        return value.stringValue();
    }
}
