package dev.brigade.worker.deterministic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small JSON document that a schema allows, chosen by a source of chance. It has the properties
 * that are required, or all where the schema requires none, in the schema's order. What it does not
 * understand is refused by name.
 */
final class SchemaDocument {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int MOST_VALUES = 10_000;

    /** From here on, everything that may be left out is. */
    private static final int SPARE_DEPTH = 6;

    private static final int MOST_DEPTH = 32;
    private static final int SHORT_TEXT = 12;
    private static final int MOST_LENGTH = 10_000;

    /** Numbers are smaller where the bounds leave the choice. */
    private static final int SMALL = 100;

    private static final long LARGEST = 1L << 53;

    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "type",
                    "properties",
                    "required",
                    "additionalProperties",
                    "items",
                    "minItems",
                    "maxItems",
                    "anyOf",
                    "oneOf",
                    "enum",
                    "const",
                    "minLength",
                    "maxLength",
                    "format",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "$ref",
                    "$defs",
                    "definitions",
                    "$schema",
                    "$id",
                    "$comment",
                    "title",
                    "description",
                    "default",
                    "examples");

    private final JsonNode root;
    private final RandomGenerator random;
    private int values;

    private SchemaDocument(JsonNode root, RandomGenerator random) {
        this.root = root;
        this.random = random;
    }

    /** What comes of a schema. */
    sealed interface Result {
        /** JSON text without layout. */
        record Document(String json) implements Result {}

        /**
         * No document.
         *
         * @param reason one line for the application
         */
        record Refused(String reason) implements Result {}
    }

    static Result of(String schema, RandomGenerator random) {
        try {
            JsonNode root = MAPPER.readTree(schema);
            JsonNode document = new SchemaDocument(root, random).value(root, 0);
            return new Result.Document(MAPPER.writeValueAsString(document));
        } catch (Fault fault) {
            return new Result.Refused(fault.reason);
        } catch (JacksonException e) {
            return new Result.Refused("the schema is not valid JSON");
        }
    }

    private JsonNode value(JsonNode schema, int depth) throws Fault {
        check(schema, depth);
        if (schema.has("$ref")) {
            return value(definition(schema.get("$ref").asString("")), depth + 1);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return pick(items(schema, "enum"));
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                return alternative(items(schema, choice), depth);
            }
        }
        return typed(schema, type(schema), depth);
    }

    private void check(JsonNode schema, int depth) throws Fault {
        if (!schema.isObject()) {
            throw new Fault("the schema has a part that is not an object");
        }
        if (depth > MOST_DEPTH || ++values > MOST_VALUES) {
            throw new Fault("the schema asks for a document without end");
        }
        for (String keyword : schema.propertyNames()) {
            if (!UNDERSTOOD.contains(keyword)) {
                throw new Fault("the schema uses a keyword that is not supported here: " + keyword);
            }
        }
    }

    /** The first that ends, from a place of choice; deep down, from the last. */
    private JsonNode alternative(List<JsonNode> all, int depth) throws Fault {
        int start = depth < SPARE_DEPTH ? random.nextInt(all.size()) : all.size() - 1;
        Optional<Fault> fault = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            try {
                return value(all.get((start + i) % all.size()), depth + 1);
            } catch (Fault e) {
                fault = Optional.of(e);
            }
        }
        throw fault.orElseThrow();
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isString()) {
            return type.stringValue();
        }
        if (type.isArray() && !type.isEmpty()) {
            return type.get(0).asString("");
        }
        boolean object = schema.has("properties") || schema.has("required");
        return object ? "object" : schema.has("items") ? "array" : "string";
    }

    private JsonNode typed(JsonNode schema, String type, int depth) throws Fault {
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "string" -> NODES.stringNode(text(schema));
            case "integer" -> NODES.numberNode(integer(schema));
            case "number" -> NODES.numberNode(number(schema));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "null" -> NODES.nullNode();
            default -> throw new Fault("the schema has a type that is not supported here");
        };
    }

    private ObjectNode object(JsonNode schema, int depth) throws Fault {
        Set<String> required = new HashSet<>();
        for (JsonNode name : schema.path("required")) {
            required.add(name.asString(""));
        }
        boolean all = required.isEmpty() && depth < SPARE_DEPTH;
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (required.remove(property.getKey()) || all) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        if (!required.isEmpty()) {
            throw new Fault("the schema requires what is not among its properties");
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) throws Fault {
        int least = count(schema, "minItems", 0);
        int most = count(schema, "maxItems", least + 2);
        int extra = depth < SPARE_DEPTH ? Math.min(2, most - least) : 0;
        if (most < least) {
            throw new Fault("the schema has minItems above maxItems");
        }
        int size = least + random.nextInt(extra + 1);
        ArrayNode array = NODES.arrayNode();
        JsonNode items = schema.has("items") ? schema.get("items") : NODES.objectNode();
        for (int i = 0; i < size; i++) {
            array.add(value(items, depth + 1));
        }
        return array;
    }

    private String text(JsonNode schema) throws Fault {
        if (schema.has("format")) {
            return formatted(schema.get("format").asString(""));
        }
        int least = count(schema, "minLength", 0);
        int most = count(schema, "maxLength", Math.max(least, 2 * SHORT_TEXT));
        if (most < least) {
            throw new Fault("the schema has minLength above maxLength");
        }
        int wanted = SHORT_TEXT + random.nextInt(SHORT_TEXT);
        return Words.text(random, Math.clamp(wanted, least, most));
    }

    private String formatted(String format) throws Fault {
        String date = "2026-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28));
        String time = "%02d:%02d:00Z".formatted(random.nextInt(24), random.nextInt(60));
        return switch (format) {
            case "date" -> date;
            case "time" -> time;
            case "date-time" -> date + "T" + time;
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            default -> throw new Fault("the schema has a format that is not supported here");
        };
    }

    private long integer(JsonNode schema) throws Fault {
        long least =
                Math.max(
                        bound(schema, "minimum", -LARGEST),
                        bound(schema, "exclusiveMinimum", -LARGEST - 1) + 1);
        long most =
                Math.min(
                        bound(schema, "maximum", LARGEST),
                        bound(schema, "exclusiveMaximum", LARGEST + 1) - 1);
        if (least > most) {
            throw new Fault("the schema has bounds that no number meets");
        }
        long small = most > 0 ? 0 : most - SMALL;
        long from = Math.max(least, small);
        return from + random.nextLong(Math.min(SMALL, most - from) + 1);
    }

    /** Clear of the bounds, which may be exclusive. */
    private double number(JsonNode schema) throws Fault {
        double least =
                Math.max(
                        schema.path("minimum").asDouble(-LARGEST),
                        schema.path("exclusiveMinimum").asDouble(-LARGEST));
        double most =
                Math.min(
                        schema.path("maximum").asDouble(LARGEST),
                        schema.path("exclusiveMaximum").asDouble(LARGEST));
        if (least > most) {
            throw new Fault("the schema has bounds that no number meets");
        }
        double from = Math.max(least, most > 0 ? 0 : most - SMALL);
        return from + Math.min(SMALL, most - from) * (1 + random.nextInt(8)) / 10;
    }

    private JsonNode definition(String reference) throws Fault {
        if (reference.equals("#")) {
            return root;
        }
        for (String key : List.of("$defs", "definitions")) {
            String prefix = "#/" + key + "/";
            if (reference.startsWith(prefix)) {
                return root.path(key).path(reference.substring(prefix.length()));
            }
        }
        throw new Fault("the schema has a $ref that leads to none of its definitions");
    }

    private static List<JsonNode> items(JsonNode schema, String key) throws Fault {
        List<JsonNode> items = new ArrayList<>();
        schema.get(key).forEach(items::add);
        if (!schema.get(key).isArray() || items.isEmpty()) {
            throw new Fault("the schema has no list of choices in its " + key);
        }
        return items;
    }

    private JsonNode pick(List<JsonNode> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static int count(JsonNode schema, String key, int otherwise) throws Fault {
        return (int) Math.min(MOST_LENGTH, bound(schema, key, otherwise));
    }

    private static long bound(JsonNode schema, String key, long otherwise) throws Fault {
        JsonNode value = schema.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToLong()) {
            throw new Fault("the schema has a " + key + " that is no whole number");
        }
        return Math.clamp(value.asLong(), -LARGEST, LARGEST);
    }

    /** Why there is no document. */
    private static final class Fault extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Fault(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
