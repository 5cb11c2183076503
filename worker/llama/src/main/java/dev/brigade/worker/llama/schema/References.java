package dev.brigade.worker.llama.schema;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * References must lead to a definition, and no chain of them back to itself without an object or
 * array between: such a grammar recurses on the left, which the engine cannot read.
 */
final class References {

    private final ObjectNode root;

    /** Definitions known not to lead back to themselves. */
    private final Set<String> sound = new HashSet<>();

    private References(ObjectNode root) {
        this.root = root;
    }

    static void check(ObjectNode root) throws SchemaFault {
        References references = new References(root);
        references.checkAll(root);
    }

    private void checkAll(JsonNode node) throws SchemaFault {
        if (node.isObject() && node.path("$ref").isString()) {
            follow(node, new HashSet<>());
        }
        for (JsonNode child : node) {
            checkAll(child);
        }
    }

    private void follow(JsonNode schema, Set<String> open) throws SchemaFault {
        if (schema.path("$ref").isString()) {
            String name = schema.path("$ref").stringValue();
            if (schema.size() - SchemaRebuild.definitionsOf(schema) > 1) {
                throw new SchemaFault("$ref", "stands beside other keywords");
            }
            if (sound.contains(name)) {
                return;
            }
            if (!open.add(name)) {
                throw new SchemaFault("$ref", "leads back to itself");
            }
            follow(target(name), open);
            open.remove(name);
            sound.add(name);
            return;
        }
        for (String key : Set.of("anyOf", "oneOf")) {
            for (JsonNode alternative : schema.path(key)) {
                follow(alternative, open);
            }
        }
    }

    private JsonNode target(String reference) throws SchemaFault {
        String[] parts = reference.split("/", -1);
        Optional<JsonNode> found =
                parts.length == 3 && parts[0].equals("#")
                        ? definition(parts[1], parts[2])
                        : Optional.empty();
        return found.orElseThrow(
                () -> new SchemaFault("$ref", "leads to no definition in #/$defs/"));
    }

    private Optional<JsonNode> definition(String key, String name) {
        if (!Set.of("$defs", "definitions").contains(key)) {
            return Optional.empty();
        }
        JsonNode target = root.path(key).path(name);
        return target.isObject() ? Optional.of(target) : Optional.empty();
    }
}
