package dev.brigade.rest.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Checks values against the schemas of one document, by those words of JSON Schema that the
 * document uses. Any other word is a mistake of the document, and so is a reference to nothing.
 */
public final class SchemaCheck {

    private static final Set<String> SILENT =
            Set.of("description", "default", "format", "contentEncoding", "summary");

    private final JsonNode document;

    public SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with a value of a named schema; nothing where all is well. */
    public List<String> wrong(String schema, JsonNode value) {
        List<String> found = new ArrayList<>();
        check(resolve("#/components/schemas/" + schema), value, "$", found);
        return found;
    }

    JsonNode resolve(String reference) {
        JsonNode found = document.at(reference.substring(1));
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("nothing at " + reference);
        }
        return found;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            if (!SILENT.contains(word.getKey())) {
                check(schema, word.getKey(), word.getValue(), value, at, found);
            }
        }
    }

    private void check(
            JsonNode schema,
            String word,
            JsonNode rule,
            JsonNode value,
            String at,
            List<String> found) {
        boolean kept =
                switch (word) {
                    case "$ref" -> into(resolve(rule.stringValue()), value, at, found);
                    case "allOf" -> all(rule, value, at, found);
                    case "oneOf" -> rule.valueStream().filter(one -> fits(one, value)).count() == 1;
                    case "type" -> isType(rule, value);
                    case "const" -> rule.equals(value);
                    case "enum" -> rule.valueStream().anyMatch(value::equals);
                    case "minimum" ->
                            !value.isNumber() || value.doubleValue() >= rule.doubleValue();
                    case "maximum" ->
                            !value.isNumber() || value.doubleValue() <= rule.doubleValue();
                    case "exclusiveMinimum" ->
                            !value.isNumber() || value.doubleValue() > rule.doubleValue();
                    case "minItems" -> !value.isArray() || value.size() >= rule.intValue();
                    case "maxItems" -> !value.isArray() || value.size() <= rule.intValue();
                    case "maxProperties" -> !value.isObject() || value.size() <= rule.intValue();
                    case "maxLength" ->
                            !value.isString() || value.stringValue().length() <= rule.intValue();
                    case "pattern" ->
                            !value.isString()
                                    || Pattern.compile(rule.stringValue())
                                            .matcher(value.stringValue())
                                            .find();
                    case "required" ->
                            !value.isObject()
                                    || rule.valueStream()
                                            .allMatch(name -> value.has(name.stringValue()));
                    case "items" -> items(rule, value, at, found);
                    case "properties" -> properties(rule, value, at, found);
                    case "additionalProperties" -> others(schema, rule, value, at, found);
                    default -> throw new IllegalArgumentException("a schema says " + word);
                };
        if (!kept) {
            found.add("%s is not as %s %s says: %s".formatted(at, word, rule, value));
        }
    }

    private boolean into(JsonNode schema, JsonNode value, String at, List<String> found) {
        check(schema, value, at, found);
        return true;
    }

    private boolean all(JsonNode schemas, JsonNode value, String at, List<String> found) {
        schemas.forEach(schema -> check(schema, value, at, found));
        return true;
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        List<String> found = new ArrayList<>();
        check(schema, value, "", found);
        return found.isEmpty();
    }

    private boolean items(JsonNode schema, JsonNode value, String at, List<String> found) {
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(schema, value.get(i), at + "[" + i + "]", found);
        }
        return true;
    }

    private boolean properties(JsonNode schemas, JsonNode value, String at, List<String> found) {
        for (Map.Entry<String, JsonNode> one : schemas.properties()) {
            if (value.isObject() && value.has(one.getKey())) {
                check(one.getValue(), value.get(one.getKey()), at + "." + one.getKey(), found);
            }
        }
        return true;
    }

    private boolean others(
            JsonNode schema, JsonNode rule, JsonNode value, String at, List<String> found) {
        JsonNode known = schema.path("properties");
        for (Map.Entry<String, JsonNode> one : value.properties()) {
            if (known.has(one.getKey())) {
                continue;
            }
            if (rule.isBoolean()) {
                if (!rule.booleanValue()) {
                    found.add(at + "." + one.getKey() + " is not in the document");
                }
            } else {
                check(rule, one.getValue(), at + "." + one.getKey(), found);
            }
        }
        return true;
    }

    private static boolean isType(JsonNode rule, JsonNode value) {
        return rule.isArray()
                ? StreamSupport.stream(rule.spliterator(), false)
                        .anyMatch(one -> isType(one.stringValue(), value))
                : isType(rule.stringValue(), value);
    }

    private static boolean isType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("a schema has the type " + type);
        };
    }
}
